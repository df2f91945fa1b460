/**
 * One Monaco model for each text file of the project, in step with the document both ways. The document is the truth: what
 * is typed becomes an edit of the document at once, and any other edit (canvas, undo, a command) is put into the model.
 */
import type { FilePath } from '../base/ids.ts';
import { filePath } from '../base/ids.ts';
import type { Project } from '../model/project.ts';
import { useDocument } from '../state/document-controller.ts';
import { monaco } from './monaco.ts';
import { replacementBetween } from './text-diff.ts';

const LANGUAGES: Readonly<Record<string, string>> = {
  ts: 'typescript',
  mts: 'typescript',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  json: 'json',
  jsonl: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  md: 'markdown',
};

let stop: (() => void) | null = null;
/** The file whose model is being brought in step with the document: its change event is an echo. */
let echoing: FilePath | null = null;

/** Models exist for every text file, so that imports between files resolve. Idempotent. */
export function startModelSync(): void {
  if (stop !== null) {
    return;
  }
  let seen: Project['files'] | null = null;
  const follow = () => {
    const { files } = useDocument.getState().project;
    if (files !== seen) {
      reconcile(files, seen);
      seen = files;
    }
  };
  follow();
  stop = useDocument.subscribe(follow);
}

export function modelOf(path: FilePath): monaco.editor.ITextModel | null {
  return monaco.editor.getModel(uriOf(path));
}

export function pathOf(uri: monaco.Uri): FilePath {
  return filePath(uri.path.slice(1));
}

function uriOf(path: FilePath): monaco.Uri {
  return monaco.Uri.from({ scheme: 'file', path: `/${path}` });
}

function reconcile(files: Project['files'], seen: Project['files'] | null): void {
  for (const model of monaco.editor.getModels()) {
    if (model.uri.scheme === 'file' && typeof files.get(pathOf(model.uri)) !== 'string' && !isLibrary(model.uri)) {
      model.dispose();
    }
  }
  for (const [path, content] of files) {
    if (typeof content === 'string' && seen?.get(path) !== content) {
      adopt(path, content);
    }
  }
}

function isLibrary(uri: monaco.Uri): boolean {
  return uri.path.startsWith('/node_modules/') || uri.path.startsWith('/studio/');
}

function adopt(path: FilePath, content: string): void {
  const existing = modelOf(path);
  if (existing === null) {
    const model = monaco.editor.createModel(content, LANGUAGES[path.slice(path.lastIndexOf('.') + 1)] ?? 'plaintext', uriOf(path));
    model.updateOptions({ tabSize: 2, insertSpaces: true });
    model.onDidChangeContent(() => tell(path, model));
    return;
  }
  const change = replacementBetween(textOf(existing), content);
  if (change === null) {
    return;
  }
  echoing = path;
  try {
    const start = existing.getPositionAt(change.from);
    const end = existing.getPositionAt(change.to);
    existing.applyEdits([{ range: monaco.Range.fromPositions(start, end), text: change.insert, forceMoveMarkers: true }]);
  } finally {
    echoing = null;
  }
}

/** What was typed, as one edit of the document. Keystrokes in one file in a row are one step of undo. */
function tell(path: FilePath, model: monaco.editor.ITextModel): void {
  if (echoing === path) {
    return;
  }
  const document = useDocument.getState();
  const before = document.project.files.get(path);
  const change = typeof before === 'string' ? replacementBetween(before, textOf(model)) : null;
  if (change !== null) {
    document.edit('Type', [{ type: 'text', path, ...change }], { merge: `type:${path}` });
  }
}

/** The model's text with a byte order mark, if the file has one, and its own line ends. */
function textOf(model: monaco.editor.ITextModel): string {
  return model.getValue(monaco.editor.EndOfLinePreference.TextDefined, true);
}
