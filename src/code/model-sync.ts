/**
 * One Monaco model for each text file of the project, in step with the document both ways. The document is the truth: what
 * is typed becomes an edit of the document at once, and any other edit (canvas, undo, a command) is put into the model.
 */
import type { FilePath } from '../base/ids.ts';
import { filePath } from '../base/ids.ts';
import type { Edit } from '../model/edit.ts';
import type { Project } from '../model/project.ts';
import { useDocument } from '../state/document-controller.ts';
import { monaco } from './monaco.ts';
import { replacementBetween } from './text-diff.ts';
import { TypingBursts, editsOfChanges, stepOf } from './typed-edits.ts';

/** JavaScript is TypeScript's affair too: one worker then knows all code, and follows imports between the two. */
const LANGUAGES: Readonly<Record<string, string>> = {
  ts: 'typescript',
  mts: 'typescript',
  js: 'typescript',
  mjs: 'typescript',
  cjs: 'typescript',
  json: 'json',
  jsonl: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  md: 'markdown',
};

let stop: (() => void) | null = null;
/** The file whose model is being brought in step with the document: its change event is an echo. */
let echoing: FilePath | null = null;
/** While edits that came from models are on their way into the document, those models have them already. */
let telling = false;
/** Edits of several models that are to be one step. */
let gathered: Edit[] | null = null;
const ours = new Map<FilePath, monaco.editor.ITextModel>();
const bursts = new TypingBursts();
const listeners = new Set<(path: FilePath) => void>();

/** Models exist for every text file, so that imports between files resolve. Idempotent. */
export function startModelSync(): void {
  if (stop !== null) {
    return;
  }
  let seen: Project['files'] | null = null;
  const follow = () => {
    const { files } = useDocument.getState().project;
    if (files === seen) {
      return;
    }
    const before = seen;
    seen = files;
    if (!telling) {
      reconcile(files, before);
    }
  };
  follow();
  stop = useDocument.subscribe(follow);
}

/** Called with each file whose model came, went or changed. */
export function onModelsChanged(listener: (path: FilePath) => void): void {
  listeners.add(listener);
}

export function modelOf(path: FilePath): monaco.editor.ITextModel | null {
  return monaco.editor.getModel(uriOf(path));
}

export function pathOf(uri: monaco.Uri): FilePath {
  return filePath(uri.path.slice(1));
}

/** The file that a model stands for; null for declarations of the SDK and of the language. */
export function projectPath(uri: monaco.Uri): FilePath | null {
  const path = pathOf(uri);
  return uri.scheme === 'file' && ours.has(path) ? path : null;
}

export function uriOf(path: FilePath): monaco.Uri {
  return monaco.Uri.from({ scheme: 'file', path: `/${path}` });
}

/** What `act` changes in any number of models, as one step of the history. */
export function inOneStep(label: string, act: () => void): void {
  const edits: Edit[] = [];
  gathered = edits;
  try {
    act();
  } finally {
    gathered = null;
  }
  give(label, edits);
}

function give(label: string, edits: readonly Edit[], merge?: string): void {
  telling = true;
  try {
    useDocument.getState().edit(label, edits, merge === undefined ? undefined : { merge, typing: true });
  } finally {
    telling = false;
  }
}

function reconcile(files: Project['files'], seen: Project['files'] | null): void {
  for (const [path, model] of ours) {
    if (typeof files.get(path) !== 'string') {
      ours.delete(path);
      model.dispose();
      announce(path);
    }
  }
  for (const [path, content] of files) {
    if (typeof content === 'string' && seen?.get(path) !== content) {
      adopt(path, content);
    }
  }
}

function announce(path: FilePath): void {
  listeners.forEach((listener) => listener(path));
}

function adopt(path: FilePath, content: string): void {
  const existing = ours.get(path);
  if (existing === undefined) {
    const model = monaco.editor.createModel(content, LANGUAGES[path.slice(path.lastIndexOf('.') + 1)] ?? 'plaintext', uriOf(path));
    model.updateOptions({ tabSize: 2, insertSpaces: true });
    model.onDidChangeContent((event) => tell(path, model, event));
    ours.set(path, model);
    announce(path);
    return;
  }
  const change = replacementBetween(textOf(existing), content);
  if (change === null) {
    return;
  }
  echoing = path;
  try {
    const shift = content.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    const start = existing.getPositionAt(Math.max(0, change.from - shift));
    const end = existing.getPositionAt(Math.max(0, change.to - shift));
    existing.applyEdits([{ range: monaco.Range.fromPositions(start, end), text: change.insert, forceMoveMarkers: true }]);
  } finally {
    echoing = null;
  }
}

const BYTE_ORDER_MARK = '\uFEFF';

/** What was typed, as edits of the document. Keystrokes in a row at one place are one step of undo. */
function tell(path: FilePath, model: monaco.editor.ITextModel, event: monaco.editor.IModelContentChangedEvent): void {
  announce(path);
  if (echoing === path) {
    return;
  }
  const before = useDocument.getState().project.files.get(path);
  const edits = typeof before === 'string' ? editsOf(path, before, model, event) : [];
  if (edits.length === 0) {
    return;
  }
  if (gathered !== null) {
    gathered.push(...edits);
    return;
  }
  const step = stepOf(reasonOf(event));
  const merge = step.typing ? bursts.keyOf(path, edits, performance.now()) : step.completes ? `complete:${path}` : undefined;
  give(step.label, edits, merge);
}

function editsOf(
  path: FilePath,
  before: string,
  model: monaco.editor.ITextModel,
  event: monaco.editor.IModelContentChangedEvent,
): readonly Edit[] {
  const after = model.getValueLength(monaco.editor.EndOfLinePreference.TextDefined, true);
  const shift = before.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  const edits = event.isFlush ? null : editsOfChanges(path, event.changes, { before: before.length, after, shift });
  if (edits !== null) {
    return edits;
  }
  const change = replacementBetween(before, textOf(model));
  return change === null ? [] : [{ type: 'text', path, ...change }];
}

/** Why the text changed, as the editor names it; Monaco gives it and does not declare it. */
function reasonOf(event: monaco.editor.IModelContentChangedEvent): string {
  const reasons: unknown = Reflect.get(event, 'detailedReasons');
  const first: unknown = Array.isArray(reasons) ? reasons[0] : undefined;
  const metadata: unknown = typeof first === 'object' && first !== null ? Reflect.get(first, 'metadata') : undefined;
  if (typeof metadata !== 'object' || metadata === null) {
    return '';
  }
  const name: unknown = Reflect.get(metadata, 'kind') ?? Reflect.get(metadata, 'name') ?? Reflect.get(metadata, 'source');
  return typeof name === 'string' ? name : '';
}

/** The model's text with a byte order mark, if the file has one, and its own line ends. */
function textOf(model: monaco.editor.ITextModel): string {
  return model.getValue(monaco.editor.EndOfLinePreference.TextDefined, true);
}
