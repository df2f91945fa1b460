/** What was taken out of a project, for people. */
import type { FoundSecret } from './secret-kinds.ts';

/** A secret that was taken out, and what stands for it. */
export interface LeftOut extends FoundSecret {
  /** What is filled in by this name where it runs; null where nothing has to be. */
  readonly name: string | null;
  /** What stands there now, in words. */
  readonly instead: string;
}
