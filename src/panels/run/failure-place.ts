/** Where a failure is mended: a line of the user's code, a function as a whole, or module.yaml. */
import type { CodeFacts } from '../../model/code-facts.ts';
import { MODULE_YAML } from '../../model/project.ts';
import type { FilePath } from '../../base/ids.ts';
import type { CodePlace } from '../../protocol/call.ts';
import { stallOf } from '../../state/paused-stall.ts';
import type { RunStatus } from '../../worker/contract.ts';
import { functionPlace } from './code-places.ts';
import type { FailureWords } from './failure-words.ts';

export type MendPlace =
  | { readonly type: 'line'; readonly place: CodePlace }
  | { readonly type: 'function'; readonly path: FilePath; readonly from: number; readonly to: number }
  | { readonly type: 'module'; readonly path: FilePath }
  | null;

export function mendPlace(status: RunStatus, facts: CodeFacts, words: FailureWords): MendPlace {
  const line = status.error?.stack[0] ?? stallOf(status.failure)?.place;
  if (line !== undefined) {
    return { type: 'line', place: line };
  }
  if (words.place === 'module') {
    return { type: 'module', path: MODULE_YAML };
  }
  const address = status.failure?.address ?? null;
  if (words.place !== 'code' || address === null) {
    return null;
  }
  const found = functionPlace(facts, address.typename);
  return found === null ? null : { type: 'function', path: found.path, from: found.range.from, to: found.range.to };
}
