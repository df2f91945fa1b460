/** The fixes that the document's problems offer, as code actions of the editor (Ctrl+., the bulb). */
import type { FilePath } from '../base/ids.ts';
import type { Problem } from '../model/problem.ts';
import { useDocument } from '../state/document-controller.ts';
import { pathOf } from './model-sync.ts';
import { monaco } from './monaco.ts';

const LANGUAGES = ['typescript', 'javascript', 'yaml', 'json'];
const APPLY = 'studio.apply-fix';

let started = false;

/** Idempotent. */
export function startProblemActions(): void {
  if (started) {
    return;
  }
  started = true;
  // A fix is an edit of the document, with its name in Undo, and may touch several files.
  monaco.editor.registerCommand(APPLY, (_accessor, path: FilePath, code: string, from: number) => {
    const fix = useDocument.getState().problems.find((problem) => isAt(problem, path, code, from))?.fix;
    if (fix !== undefined) {
      useDocument.getState().edit(fix.label, fix.edits);
    }
  });
  monaco.languages.registerCodeActionProvider(LANGUAGES, { provideCodeActions }, { providedCodeActionKinds: ['quickfix'] });
}

function provideCodeActions(
  model: monaco.editor.ITextModel,
  range: monaco.Range,
  context: monaco.languages.CodeActionContext,
): monaco.languages.CodeActionList {
  const { problems, save } = useDocument.getState();
  const path = pathOf(model.uri);
  const wanted = context.only === undefined || context.only === 'quickfix' || context.only.startsWith('quickfix.');
  const actions =
    save === 'read-only' || !wanted
      ? []
      : problems.flatMap((problem) =>
          problem.path === path && problem.fix !== undefined && touches(model, problem, range) ? [actionOf(problem, path, context)] : [],
        );
  return { actions, dispose: () => undefined };
}

function actionOf(problem: Problem, path: FilePath, context: monaco.languages.CodeActionContext): monaco.languages.CodeAction {
  const title = problem.fix?.label ?? '';
  return {
    title,
    kind: 'quickfix',
    isPreferred: true,
    diagnostics: context.markers.filter((marker) => marker.code === problem.code && marker.message === problem.message),
    command: { id: APPLY, title, arguments: [path, problem.code, problem.range?.from ?? 0] },
  };
}

function isAt(problem: Problem, path: FilePath, code: string, from: number): boolean {
  return problem.path === path && problem.code === code && (problem.range?.from ?? 0) === from && problem.fix !== undefined;
}

function touches(model: monaco.editor.ITextModel, problem: Problem, range: monaco.Range): boolean {
  const from = model.getOffsetAt(range.getStartPosition());
  const to = model.getOffsetAt(range.getEndPosition());
  const { from: start, to: end } = problem.range ?? { from: 0, to: 0 };
  return start <= to && from <= end;
}
