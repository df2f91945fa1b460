/** Whether a function takes values of a type: asked only where its code says so for sure. */
import type { AcceptedTypes, FunctionFact } from './code-facts.ts';

/** What a function surely does with a value of a type that it does not take; null where it takes it, or may. */
export function rejectionOf({ accepts }: Pick<FunctionFact, 'accepts'>, typename: string): 'ignored' | 'refused' | null {
  return accepts.others === 'unknown' || accepts.types.some((type) => type.typename === typename) ? null : accepts.others;
}

const NAMED = 4;

/** `A, B and C`, for sentences. */
export function typeList({ types }: AcceptedTypes): string {
  const names = types.map(({ name }) => name);
  const shown = names.length > NAMED ? [...names.slice(0, NAMED), `${names.length - NAMED} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
