/** What is said of code that did not come back, beside its place. */
import type { Stall } from './call.ts';

export const STALL_WORDS: Readonly<Record<Stall['type'], string>> = {
  loop: 'a loop goes on and on',
  calls: 'a function is entered again and again',
  await: 'an await waits for a promise that nothing settles',
  statement: 'a statement does not come to its end',
};
