/** What a completion of the Studio offers, before it is an editor's. */
import type { TextRange } from '../../model/problem.ts';

export type CompletionKind = 'function' | 'ingress' | 'egress' | 'topic' | 'state' | 'type' | 'key' | 'value';

export interface Completion {
  readonly label: string;
  /** What takes the place of the range. */
  readonly insert: string;
  readonly kind: CompletionKind;
  /** A few words beside the label. */
  readonly detail: string;
  /** Markdown. */
  readonly docs?: string;
}

export interface Completions {
  readonly range: TextRange;
  readonly items: readonly Completion[];
}
