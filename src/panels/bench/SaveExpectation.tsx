/** Keeps a trial as a scenario: the same call, and what it has to come to. One undo step, and the file opens. */
import { lazy, Suspense, useState } from 'react';
import { useDocument } from '../../state/document-controller.ts';
import { Button } from '../../ui/Button.tsx';
import type { BenchRun } from './bench-session.ts';

/** It brings the writer of YAML with it, which nothing else of the bench needs. */
const SaveScenarioDialog = lazy(async () => ({ default: (await import('./SaveScenarioDialog.tsx')).SaveScenarioDialog }));

export function SaveExpectation({ run }: { readonly run: BenchRun }) {
  const [open, setOpen] = useState(false);
  const readOnly = useDocument((state) => state.save === 'read-only');
  return (
    <>
      <Button variant="link" isDisabled={readOnly} onPress={() => setOpen(true)}>
        Save as expectation
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <SaveScenarioDialog run={run} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
