import { Play } from 'lucide-react';
import { useState } from 'react';
import { filePath } from '../../base/ids.ts';
import { keptScenario } from '../../scenario/call/keep-call.ts';
import type { TriedOutcome } from '../../scenario/call/keep-call.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import { showAndPlay } from '../../state/scenario-plays.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ValueCode } from '../run/ValueCode.tsx';
import type { BenchRun } from './bench-session.ts';
import { runName } from './run-words.ts';
import { freeScenarioName, scenarioNameProblem } from './scenario-name.ts';
import { useTypeNames } from './type-names.ts';
import styles from './Bench.module.css';

export function SaveScenarioDialog({ run, onClose }: { readonly run: BenchRun; readonly onClose: () => void }) {
  const files = useDocument((state) => state.project.files);
  const nameOf = useTypeNames();
  const [suggested] = useState(() => freeScenarioName(`${run.input.typename.split('/').at(-1)}-${runName(run, nameOf)}`, files));
  const [name, setName] = useState(suggested);
  const [title, setTitle] = useState(`${runName(run, nameOf)} at ${run.input.typename.split('/').at(-1)} ${run.input.id}`);
  const problem = scenarioNameProblem(name, files);
  const outcome = outcomeOf(run);
  if (outcome === null) {
    return null;
  }
  const text = keptScenario(title.trim() === '' ? name : title.trim(), run.input, outcome);
  const save = (play: boolean) => {
    if (problem !== null) {
      return;
    }
    const path = filePath(`scenarios/${name.trim()}.yaml`);
    useDocument.getState().edit(`Save ${path}`, [{ type: 'create', path, content: text }]);
    onClose();
    useView.getState().openFile(path);
    if (play) {
      showAndPlay(path);
    }
  };
  return (
    <Dialog
      title="Save as expectation"
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button variant="line" onPress={onClose}>
            Cancel
          </Button>
          <Button variant="line" isDisabled={problem !== null} onPress={() => save(false)}>
            Save
          </Button>
          <Button variant="primary" icon={<Play />} isDisabled={problem !== null} onPress={() => save(true)}>
            Save and play it
          </Button>
        </>
      }
    >
      <form
        className={styles.compare}
        onSubmit={(event) => {
          event.preventDefault();
          save(false);
        }}
      >
        <TextField
          label="Name"
          hint={problem === null ? `scenarios/${name.trim()}.yaml` : 'scenarios/NAME.yaml'}
          mono
          value={name}
          onChange={setName}
          error={problem}
          autoFocus
        />
        <TextField label="Title" value={title} onChange={setTitle} />
        <ValueCode text={text} label="The scenario" />
        <p className={styles.quiet}>
          Scenarios and <code>npx statefun-studio test</code> play it: the call is made alone, and its answer has to be this one.
        </p>
      </form>
    </Dialog>
  );
}

/** Null for a trial that came to nothing that could be expected. */
function outcomeOf({ result }: BenchRun): TriedOutcome | null {
  switch (result.outcome.type) {
    case 'completed':
      return { ...result, type: 'completed' };
    case 'threw':
      return { type: 'threw', name: result.outcome.error.name, message: result.outcome.error.message };
    default:
      return null;
  }
}
