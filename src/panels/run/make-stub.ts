/** Turns a request that no stub answered into a rule that does, and opens it. */
import { addStubRule, planStubRule } from '../../commands/add-stub-rule.ts';
import type { UnansweredRequest } from '../../commands/add-stub-rule.ts';
import { runCommand, useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';

export function makeStub(request: UnansweredRequest): void {
  const plan = planStubRule(useDocument.getState().project, request);
  // Nothing to write where a rule was made since and only waits to be applied.
  const problems = plan.edits.length === 0 ? [] : runCommand('Make a stub', (context) => addStubRule(context, request));
  if (problems.length === 0) {
    useView.getState().openFile(plan.path, plan.range);
  }
}
