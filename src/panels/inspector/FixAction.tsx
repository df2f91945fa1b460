/** The fix that a problem offers, as a link behind its message. */
import type { Problem } from '../../model/problem.ts';
import { useDocument } from '../../state/document-controller.ts';
import { Button } from '../../ui/Button.tsx';

export function FixAction({ problem }: { readonly problem: Problem | undefined }) {
  const fix = problem?.fix;
  return fix === undefined ? null : (
    <Button variant="link" onPress={() => useDocument.getState().edit(fix.label, fix.edits)}>
      {fix.label}
    </Button>
  );
}
