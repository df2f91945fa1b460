/**
 * Checks all code of the project, file by file, in the worker: the file shown first. A check that the next keystroke has
 * overtaken is given up between two files. What a file has is told as soon as it is known, in the editor and to the rest of the screen
 * alike: F8 leads to what one sees underlined.
 */
import type { FilePath } from '../../base/ids.ts';
import { isLibrary, isScript, projectCode } from '../../model/code-files.ts';
import type { Problem } from '../../model/problem.ts';
import { resolveImport } from '../../model/resolve-import.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import { useTypeCheck } from '../../state/type-check-store.ts';
import { modelOf, onModelsChanged, uriOf } from '../model-sync.ts';
import { monaco } from '../monaco.ts';
import { importedFrom, isOfImport, messageOf, typeProblem } from './diagnostics.ts';
import type { TypeDiagnostic } from './diagnostics.ts';
import { typeScriptClient } from './ts-client.ts';

/** Who set a marker: TypeScript's quick fixes look for their own. */
const OWNER = 'typescript';
const QUIET_MS = 400;

let timer: ReturnType<typeof setTimeout> | undefined;
let round = 0;

export function startTypeCheck(): void {
  onModelsChanged(() => {
    round += 1;
    clearTimeout(timer);
    timer = setTimeout(() => void checkAll(), QUIET_MS);
  });
  round += 1;
  void checkAll();
}

interface CodeFiles {
  /** What the project runs: code of functions and stubs, but not what somebody else made. */
  readonly checked: readonly FilePath[];
  /** What imports may lead to beside that: libraries, JSON, declarations. */
  readonly known: readonly FilePath[];
}

function codeFiles(): CodeFiles {
  const { files } = useDocument.getState().project;
  const { functions, stubs } = projectCode(files);
  const code = [...functions, ...stubs];
  const checked = code.flatMap(([path, text]) => (isScript(path) && !isLibrary(path, text) ? [path] : []));
  const declarations = [...files.keys()].filter((path) => /\.d\.[cm]?ts$/.test(path));
  return { checked, known: [...code.map(([path]) => path).filter((path) => !checked.includes(path)), ...declarations] };
}

async function checkAll(): Promise<void> {
  const mine = round;
  const shown = useView.getState().file;
  const { checked, known } = codeFiles();
  const paths = checked.toSorted((a, b) => Number(b === shown) - Number(a === shown) || (a < b ? -1 : 1));
  const models = paths.flatMap((path) => {
    const model = modelOf(path);
    return model === null ? [] : [{ path, model }];
  });
  if (models.length === 0) {
    useTypeCheck.setState({ state: { type: 'checked', files: 0 }, problems: [] });
    return;
  }
  useTypeCheck.setState({ state: { type: 'checking' } });
  try {
    const client = await typeScriptClient(...models.map(({ model }) => model.uri), ...known.map(uriOf));
    const problems: Problem[] = [];
    for (const { path, model } of models) {
      if (mine !== round || model.isDisposed()) {
        return;
      }
      const version = model.getVersionId();
      const all: readonly MarkedDiagnostic[] = await client.getAllDiagnostics(model.uri.toString(), true);
      const text = model.getValue();
      const found = all.filter((diagnostic) => !isOfImport(diagnostic, text) && !isOfLibrary(path, diagnostic, text, known));
      if (mine !== round || model.isDisposed() || model.getVersionId() !== version) {
        return;
      }
      monaco.editor.setModelMarkers(
        model,
        OWNER,
        found.map((diagnostic) => marker(model, diagnostic)),
      );
      const shift = hasByteOrderMark(path) ? 1 : 0;
      const own = found.flatMap((diagnostic) => typeProblem(path, diagnostic, shift) ?? []);
      problems.push(...own);
      tell(path, own);
    }
    useTypeCheck.setState({ state: { type: 'checked', files: models.length }, problems });
  } catch (error) {
    if (mine === round) {
      useTypeCheck.setState({ state: { type: 'failed', message: error instanceof Error ? error.message : String(error) }, problems: [] });
    }
  }
}

function tell(path: FilePath, own: readonly Problem[]): void {
  const { problems } = useTypeCheck.getState();
  // Most files have none, before and now: nothing is rendered for them.
  if (own.length > 0 || problems.some((problem) => problem.path === path)) {
    useTypeCheck.setState({ problems: [...problems.filter((problem) => problem.path !== path), ...own] });
  }
}

function hasByteOrderMark(path: FilePath): boolean {
  const text = useDocument.getState().project.files.get(path);
  return typeof text === 'string' && text.startsWith('\uFEFF');
}

/** Whether TypeScript only does not see what a library exports: it reads little out of bundled and generated code. */
function isOfLibrary(path: FilePath, diagnostic: TypeDiagnostic, text: string, known: readonly FilePath[]): boolean {
  const specifier = importedFrom(diagnostic, text);
  const resolved = specifier === null ? null : resolveImport(specifier, path, useDocument.getState().project.files);
  return resolved?.type === 'file' && known.includes(resolved.path);
}

type MarkedDiagnostic = TypeDiagnostic & { readonly reportsUnnecessary?: unknown; readonly reportsDeprecated?: unknown };

function marker(model: monaco.editor.ITextModel, diagnostic: MarkedDiagnostic): monaco.editor.IMarkerData {
  const { MarkerSeverity, MarkerTag } = monaco;
  const start = model.getPositionAt(diagnostic.start ?? 0);
  const end = model.getPositionAt((diagnostic.start ?? 0) + (diagnostic.length ?? 1));
  const severities = [MarkerSeverity.Warning, MarkerSeverity.Error, MarkerSeverity.Hint, MarkerSeverity.Info];
  return {
    severity: severities[diagnostic.category] ?? MarkerSeverity.Info,
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
    message: messageOf(diagnostic.messageText),
    code: String(diagnostic.code),
    source: 'ts',
    tags: [
      ...(diagnostic.reportsUnnecessary === undefined ? [] : [MarkerTag.Unnecessary]),
      ...(diagnostic.reportsDeprecated === undefined ? [] : [MarkerTag.Deprecated]),
    ],
  };
}
