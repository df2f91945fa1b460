/** A chosen or dropped file on its way in: opened at once where nothing has to be asked. */
import { readImportedFile } from './read-file.ts';
import type { ImportedFile } from './read-file.ts';
import { openAsProject } from './projects.ts';
import { openDialog } from '../dialogs/dialog-store.ts';
import { useSession } from '../session.ts';
import { deriveContext } from '../../commands/derive.ts';
import { lineOf } from './line-of.ts';
import type { Problem } from '../../model/problem.ts';
import { MODULE_YAML, textFile } from '../../model/project.ts';

const ACCEPT = { any: '.yaml,.yml,.zip', module: '.yaml,.yml', zip: '.zip' } as const;

/** Asks for a file, and imports it. */
export function chooseFile(kind: keyof typeof ACCEPT): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = ACCEPT[kind];
  input.hidden = true;
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    input.remove();
    if (file !== undefined) {
      void importFile(file);
    }
  });
  input.addEventListener('cancel', () => input.remove());
  document.body.append(input);
  input.click();
}

export async function importFile(file: File): Promise<void> {
  const read = await readImportedFile(file);
  if (!read.ok) {
    openDialog({ type: 'message', title: 'This file cannot be imported', text: read.error });
    return;
  }
  const asks = useSession.getState().phase === 'open' || importErrors(read.value).length > 0;
  if (asks) {
    openDialog({ type: 'import', file: read.value });
    return;
  }
  await openAsProject(read.value.name, read.value.files);
}

export interface PlacedProblem {
  readonly message: string;
  readonly line: number | null;
}

/** What the production loader would reject in the file's module.yaml, with the line. */
export function importErrors(file: ImportedFile): readonly PlacedProblem[] {
  const project = { files: file.files };
  const text = textFile(project, MODULE_YAML);
  const { module } = deriveContext(project, null);
  return module.problems.filter((problem) => problem.severity === 'error').map((problem) => placed(problem, text));
}

function placed(problem: Problem, text: string | null): PlacedProblem {
  return { message: problem.message, line: text === null || problem.range === undefined ? null : lineOf(text, problem.range.from) };
}
