/**
 * F2. A name of the code is renamed by TypeScript, in all files. A typename or an egress id in a text is an item of the module:
 * it is renamed as on the canvas, in module.yaml, code and scenarios.
 */
import { renameItem } from '../../commands/rename-item.ts';
import { runCommand } from '../../state/document-controller.ts';
import { projectPath } from '../model-sync.ts';
import { monaco } from '../monaco-api.ts';
import { itemAt } from './item-at.ts';
import { rangeIn } from './places.ts';
import { typeScriptClient } from './ts-client.ts';

export function registerRename(): void {
  monaco.languages.registerRenameProvider('yaml', { resolveRenameLocation: nameOfItem, provideRenameEdits: renameOfItem });
  monaco.languages.registerRenameProvider('typescript', {
    resolveRenameLocation: (model, position) => nameOfItem(model, position) ?? nameOfCode(model, position),
    provideRenameEdits: (model, position, name) => renameOfItem(model, position, name) ?? renameInTypeScript(model, position, name),
  });
}

type Location = monaco.languages.RenameLocation & monaco.languages.Rejection;

function rejected(reason: string, position: monaco.IPosition): Location {
  const { lineNumber, column } = position;
  return { range: new monaco.Range(lineNumber, column, lineNumber, column), text: '', rejectReason: reason };
}

async function nameOfCode(model: monaco.editor.ITextModel, position: monaco.Position): Promise<Location> {
  const client = await typeScriptClient(model.uri);
  const info: unknown = await client.getRenameInfo(model.uri.toString(), model.getOffsetAt(position), { allowRenameOfImportPath: false });
  if (!isRenameInfo(info)) {
    const reason: unknown = typeof info === 'object' && info !== null ? Reflect.get(info, 'localizedErrorMessage') : null;
    return rejected(typeof reason === 'string' ? reason : 'This cannot be renamed.', position);
  }
  const start = model.getPositionAt(info.triggerSpan.start);
  const end = model.getPositionAt(info.triggerSpan.start + info.triggerSpan.length);
  return { range: monaco.Range.fromPositions(start, end), text: info.displayName };
}

interface RenameInfo {
  readonly displayName: string;
  readonly triggerSpan: { readonly start: number; readonly length: number };
}

/** Boundary: Monaco gives what TypeScript says as anything. */
function isRenameInfo(info: unknown): info is RenameInfo {
  return typeof info === 'object' && info !== null && Reflect.get(info, 'canRename') === true;
}

interface RenameLocation {
  readonly fileName: string;
  readonly textSpan: { readonly start: number; readonly length: number };
  readonly prefixText?: string;
  readonly suffixText?: string;
}

async function renameInTypeScript(
  model: monaco.editor.ITextModel,
  position: monaco.Position,
  newName: string,
): Promise<monaco.languages.WorkspaceEdit & monaco.languages.Rejection> {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(newName)) {
    return { edits: [], rejectReason: `${newName} is not a name that code can have.` };
  }
  const client = await typeScriptClient(model.uri);
  const find = async (withTexts: boolean): Promise<readonly RenameLocation[]> =>
    (await client.findRenameLocations(model.uri.toString(), model.getOffsetAt(position), false, false, withTexts)) ?? [];
  // With texts around it, `{ count }` becomes `{ count: total }`: what is sent keeps its fields. An import would become
  // `{ Count as Total }` in the same way, and nothing else would change: a name that files share is renamed in all of them.
  const around = await find(true);
  const places = around.some(isAlias) ? await find(false) : around;
  const edits = places.map(({ fileName, textSpan, prefixText = '', suffixText = '' }) => {
    const resource = monaco.Uri.parse(fileName);
    const file = monaco.editor.getModel(resource);
    if (file === null || projectPath(resource) === null) {
      return null;
    }
    const range = monaco.Range.fromPositions(file.getPositionAt(textSpan.start), file.getPositionAt(textSpan.start + textSpan.length));
    return { resource, versionId: file.getVersionId(), textEdit: { range, text: prefixText + newName + suffixText } };
  });
  const own = edits.filter((edit) => edit !== null);
  return own.length < edits.length ? { edits: [], rejectReason: 'This name is declared outside of the project.' } : { edits: own };
}

function isAlias({ prefixText = '', suffixText = '' }: RenameLocation): boolean {
  return prefixText.endsWith(' as ') || suffixText.startsWith(' as ');
}

function nameOfItem(model: monaco.editor.ITextModel, position: monaco.Position): Location | null {
  const path = projectPath(model.uri);
  const item = path === null ? null : itemAt(model, position);
  return path === null || item === null ? null : { range: rangeIn(model, item.range, path), text: item.name };
}

/** The command's edits go into the document by themselves: some are of files that no editor shows. */
function renameOfItem(
  model: monaco.editor.ITextModel,
  position: monaco.Position,
  newName: string,
): (monaco.languages.WorkspaceEdit & monaco.languages.Rejection) | null {
  const item = itemAt(model, position);
  if (item === null) {
    return null;
  }
  const [problem] = runCommand(`Rename ${item.name}`, (context) => renameItem(context, { node: item.node, to: newName }));
  return problem === undefined ? { edits: [] } : { edits: [], rejectReason: problem.message };
}
