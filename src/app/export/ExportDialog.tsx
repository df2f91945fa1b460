/** Export (Ctrl+E): what to take along on the left, every file of it on the right, and where to. */
import { Copy, Download, FolderDown } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { assertNever } from '../../base/assert-never.ts';
import { MODULE_YAML, textFile } from '../../model/project.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { closeDialog } from '../dialogs/dialog-store.ts';
import { copyText, downloadFiles, downloadModule } from '../files/export-file.ts';
import { ExportForm } from './ExportForm.tsx';
import { ExportPreview } from './ExportPreview.tsx';
import { choicesFor, choose, exportOutcome, useExportChoices } from './export-choices.ts';
import type { ExportChoices } from './export-choices.ts';
import { FolderQuestion } from './FolderQuestion.tsx';
import { canPickFolders, pickFolder } from '../files/pick-folder.ts';
import { compareFolder, writeFiles } from './write-folder.ts';
import type { FolderDifference } from './write-folder.ts';
import styles from './ExportDialog.module.css';

/** How far it got. */
type Step =
  | { readonly type: 'choosing' }
  | { readonly type: 'busy'; readonly words: string }
  | { readonly type: 'asking'; readonly folder: FileSystemDirectoryHandle; readonly difference: FolderDifference }
  | { readonly type: 'writing'; readonly folder: string; readonly written: number; readonly total: number }
  | { readonly type: 'said'; readonly words: string }
  | { readonly type: 'failed'; readonly words: string };

const CHOOSING: Step = { type: 'choosing' };

const DESTINATIONS = [
  { id: 'zip', label: 'ZIP' },
  { id: 'folder', label: 'Folder on this computer' },
] as const;

export function ExportDialog() {
  const id = useDocument((state) => state.id);
  const name = useDocument((state) => state.name);
  const project = useDocument((state) => state.project);
  const stored = useExportChoices();
  const choices = stored.project === id ? stored.choices : choicesFor(id);
  const outcome = useMemo(() => exportOutcome(project, name, choices), [project, name, choices]);
  const [step, setStep] = useState<Step>(CHOOSING);
  const stopped = useRef(false);
  // A closed dialog writes no further.
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );
  const change = (part: Partial<ExportChoices>) => {
    setStep(CHOOSING);
    choose(id, part);
  };
  const ready = outcome.problems.length === 0;
  const moduleText = textFile(outcome, MODULE_YAML) ?? '';

  const download = async () => {
    setStep({ type: 'busy', words: 'Packing…' });
    await downloadFiles(outcome.files);
    setStep({ type: 'said', words: `${outcome.files.size} files went to your downloads` });
  };
  const copy = async () => {
    const copied = await copyText(moduleText);
    setStep(
      copied ? { type: 'said', words: 'Copied' } : { type: 'failed', words: 'This browser refused the clipboard: download instead.' },
    );
  };
  const toFolder = async () => {
    const picked = await pickFolder('readwrite');
    if (!picked.ok || picked.value === null) {
      setStep(picked.ok ? CHOOSING : { type: 'failed', words: picked.error });
      return;
    }
    setStep({ type: 'busy', words: 'Comparing…' });
    const difference = await compareFolder(picked.value, outcome.files);
    setStep(
      difference.ok ? { type: 'asking', folder: picked.value, difference: difference.value } : { type: 'failed', words: difference.error },
    );
  };
  const write = async (folder: FileSystemDirectoryHandle) => {
    const total = outcome.files.size;
    stopped.current = false;
    const result = await writeFiles(folder, outcome.files, (written) => {
      if (!stopped.current) {
        setStep({ type: 'writing', folder: folder.name, written, total });
      }
      return !stopped.current;
    });
    setStep(
      !result.ok
        ? { type: 'failed', words: result.error }
        : result.value < total
          ? { type: 'failed', words: `Stopped: ${result.value} of ${total} files were written.` }
          : { type: 'said', words: `${total} files are in ${folder.name}` },
    );
  };

  const isBusy = step.type === 'busy' || step.type === 'writing';
  const asking = step.type === 'asking' ? step : null;
  return (
    <Dialog
      title="Export"
      isOpen
      onClose={closeDialog}
      size="wide"
      footer={
        <>
          <Said step={step} />
          {step.type === 'writing' ? (
            <Button
              variant="line"
              onPress={() => {
                stopped.current = true;
              }}
            >
              Stop
            </Button>
          ) : null}
          {asking === null && choices.kind !== 'module' && canPickFolders() ? (
            <SegmentedControl
              label="Where to"
              items={DESTINATIONS}
              value={choices.destination}
              onChange={(destination) => change({ destination })}
            />
          ) : null}
          {asking === null ? (
            <MainButtons
              choices={choices}
              isDisabled={!ready || isBusy}
              onDownload={download}
              onCopy={copy}
              onFolder={toFolder}
              onModule={() => downloadModule(moduleText)}
            />
          ) : (
            <>
              <Button variant="line" onPress={() => setStep(CHOOSING)}>
                Back
              </Button>
              <Button variant={asking.difference.different.length > 0 ? 'danger' : 'primary'} onPress={() => void write(asking.folder)}>
                {asking.difference.different.length > 0
                  ? `Replace ${asking.difference.different.length} and write`
                  : `Write ${outcome.files.size} files`}
              </Button>
            </>
          )}
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.choices}>
          <ModuleErrors />
          <ExportForm choices={choices} outcome={outcome} change={change} />
        </div>
        {asking === null ? (
          <ExportPreview outcome={outcome} />
        ) : (
          <FolderQuestion folder={asking.folder.name} difference={asking.difference} />
        )}
      </div>
    </Dialog>
  );
}

interface MainButtonsProps {
  readonly choices: ExportChoices;
  readonly isDisabled: boolean;
  readonly onDownload: () => Promise<void>;
  readonly onCopy: () => Promise<void>;
  readonly onFolder: () => Promise<void>;
  readonly onModule: () => void;
}

function MainButtons({ choices, isDisabled, onDownload, onCopy, onFolder, onModule }: MainButtonsProps) {
  if (choices.kind === 'module') {
    return (
      <>
        <Button variant="line" icon={<Copy />} isDisabled={isDisabled} onPress={() => void onCopy()}>
          Copy
        </Button>
        <Button variant="primary" icon={<Download />} isDisabled={isDisabled} onPress={onModule}>
          Download module.yaml
        </Button>
      </>
    );
  }
  return choices.destination === 'folder' ? (
    <Button variant="primary" icon={<FolderDown />} isDisabled={isDisabled} onPress={() => void onFolder()}>
      Choose folder…
    </Button>
  ) : (
    <Button variant="primary" icon={<Download />} isDisabled={isDisabled} onPress={() => void onDownload()}>
      {choices.kind === 'files' ? 'Download project ZIP' : 'Download runnable ZIP'}
    </Button>
  );
}

function Said({ step }: { readonly step: Step }) {
  return <output className={styles.said}>{wordsOf(step)}</output>;
}

function wordsOf(step: Step) {
  switch (step.type) {
    case 'choosing':
    case 'asking':
      return null;
    case 'busy':
    case 'said':
      return step.words;
    case 'writing':
      return `Writing to ${step.folder}: ${step.written} of ${step.total}`;
    case 'failed':
      return <ErrorNote>{step.words}</ErrorNote>;
    default:
      return assertNever(step);
  }
}

/** What the project's own problems mean for an export. */
function ModuleErrors() {
  const errors = useDocument((state) => state.problems.filter((problem) => problem.severity === 'error').length);
  const show = () => {
    closeDialog();
    useView.getState().setDock(true, 'problems');
  };
  return errors === 0 ? null : (
    <ErrorNote
      action={
        <Button variant="link" onPress={show}>
          Show Problems
        </Button>
      }
    >
      {errors === 1 ? '1 error is' : `${errors} errors are`} not mended yet. The production runtime may refuse this module.
    </ErrorNote>
  );
}
