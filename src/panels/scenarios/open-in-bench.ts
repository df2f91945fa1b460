/** From a call of a scenario to the bench, with the very request. */
import { useBench } from '../../state/bench-store.ts';
import { useDocument } from '../../state/document-controller.ts';
import type { TrialInput } from '../../worker/trial-contract.ts';
import { draftOfInput } from '../bench/bench-draft.ts';
import { setDraft } from '../bench/bench-session.ts';

export function openInBench(input: TrialInput): void {
  const fact = useDocument.getState().facts.functions.find(({ typename }) => typename === input.typename) ?? null;
  setDraft(draftOfInput(input, null, fact));
  useBench.getState().open(input.typename);
}
