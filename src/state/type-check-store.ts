/**
 * What the type checker says of the code: there is something only once an editor was opened, since the checker comes with it.
 * Fed by `code/`, read by everything that counts or lists problems.
 */
import { create } from 'zustand';
import type { Problem } from '../model/problem.ts';

export type TypeCheckState =
  /** No editor was opened yet. */
  | { readonly type: 'off' }
  | { readonly type: 'checking' }
  | { readonly type: 'checked'; readonly files: number }
  | { readonly type: 'failed'; readonly message: string };

interface TypeCheck {
  readonly state: TypeCheckState;
  /** Of each file as it was checked last. */
  readonly problems: readonly Problem[];
}

export const useTypeCheck = create<TypeCheck>()(() => ({ state: { type: 'off' }, problems: [] }));
