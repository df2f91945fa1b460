/** TypeScript's quick fixes: imports of names that are not in view, and what else it can mend, in any number of files as one step. */
import type { CodeFix, FileTextChanges } from 'monaco-editor/languages/features/typescript/ts.worker';
import { useDocument } from '../../state/document-controller.ts';
import { projectPath } from '../model-sync.ts';
import { monaco } from '../monaco-api.ts';
import { typeScriptClient } from './ts-client.ts';

/** What one most likely wants, where there is one way to do it. */
const PREFERRED = new Set(['import', 'spelling', 'addMissingAwait', 'fixMissingProperties']);

interface FixAll extends monaco.languages.CodeAction {
  readonly model: monaco.editor.ITextModel;
  readonly fixId: unknown;
}

export function registerTypeScriptFixes(): void {
  monaco.languages.registerCodeActionProvider(
    'typescript',
    { provideCodeActions, resolveCodeAction: (action) => (isFixAll(action) ? resolvedAll(action) : action) },
    { providedCodeActionKinds: ['quickfix'] },
  );
}

async function provideCodeActions(
  model: monaco.editor.ITextModel,
  range: monaco.Range,
  context: monaco.languages.CodeActionContext,
): Promise<monaco.languages.CodeActionList> {
  const wanted = context.only === undefined || context.only === 'quickfix' || context.only.startsWith('quickfix.');
  const markers = context.markers.filter(({ source }) => source === 'ts');
  if (!wanted || markers.length === 0 || projectPath(model.uri) === null || useDocument.getState().save === 'read-only') {
    return NONE;
  }
  const client = await typeScriptClient(model.uri);
  const actions: monaco.languages.CodeAction[] = [];
  const all = new Map<string, FixAll>();
  for (const marker of markers) {
    const from = model.getOffsetAt({ lineNumber: marker.startLineNumber, column: marker.startColumn });
    const to = model.getOffsetAt({ lineNumber: marker.endLineNumber, column: marker.endColumn });
    const code = Number(marker.code);
    const fixes = await client.codeFixesAt(model.uri.toString(), from, to, [code]);
    if (model.isDisposed()) {
      return NONE;
    }
    const possible = fixes.flatMap((fix) => actionOf(fix, marker) ?? []);
    actions.push(...possible.map((action) => ({ ...action, isPreferred: action.isPreferred === true && fixes.length === 1 })));
    for (const { fixId, fixAllDescription } of fixes) {
      if (fixId !== undefined && fixAllDescription !== undefined && isRepeated(model, marker)) {
        all.set(fixAllDescription, { title: fixAllDescription, kind: 'quickfix', diagnostics: [marker], model, fixId });
      }
    }
  }
  return { actions: [...actions, ...all.values()], dispose: () => undefined };
}

const NONE: monaco.languages.CodeActionList = { actions: [], dispose: () => undefined };

/** Whether the file has the same fault at another place. */
function isRepeated(model: monaco.editor.ITextModel, { code }: monaco.editor.IMarkerData): boolean {
  return monaco.editor.getModelMarkers({ resource: model.uri }).filter((other) => other.source === 'ts' && other.code === code).length > 1;
}

/** Null for what would need a new file, or a file that is not the project's. */
function actionOf(fix: CodeFix, marker: monaco.editor.IMarkerData): monaco.languages.CodeAction | null {
  const edit = fix.changes.some(({ isNewFile }) => isNewFile === true) ? null : editOf(fix.changes);
  return edit === null || (fix.commands ?? []).length > 0
    ? null
    : { title: fix.description, kind: 'quickfix', diagnostics: [marker], isPreferred: PREFERRED.has(fix.fixName), edit };
}

function editOf(changes: readonly FileTextChanges[]): monaco.languages.WorkspaceEdit | null {
  const edits: monaco.languages.IWorkspaceTextEdit[] = [];
  for (const { fileName, textChanges } of changes) {
    const model = monaco.editor.getModel(monaco.Uri.parse(fileName));
    if (model === null || projectPath(model.uri) === null) {
      return null;
    }
    for (const { span, newText } of textChanges) {
      const range = monaco.Range.fromPositions(model.getPositionAt(span.start), model.getPositionAt(span.start + span.length));
      edits.push({ resource: model.uri, versionId: model.getVersionId(), textEdit: { range, text: newText } });
    }
  }
  return edits.length === 0 ? null : { edits };
}

function isFixAll(action: monaco.languages.CodeAction): action is FixAll {
  return 'fixId' in action && 'model' in action;
}

async function resolvedAll(action: FixAll): Promise<monaco.languages.CodeAction> {
  const client = await typeScriptClient(action.model.uri);
  const edit = editOf(await client.allFixes(action.model.uri.toString(), action.fixId));
  return edit === null ? action : { ...action, edit };
}
