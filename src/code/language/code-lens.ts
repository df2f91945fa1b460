/**
 * Above each function spec: messages handled, the last error, Try it. A run is asked at a low rate, and only for functions of files
 * that an editor shows; nothing here follows each message.
 */
import type { FilePath, Typename } from '../../base/ids.ts';
import { workerClient } from '../../state/client.ts';
import { useBench } from '../../state/bench-store.ts';
import { behindKeys, isTyping } from '../../state/behind-keys.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import { showMessagesOf } from '../../state/message-filter.ts';
import { latestProjection, useRun } from '../../state/run-store.ts';
import type { FunctionActivity } from '../../worker/trial-contract.ts';
import { textFile } from '../../model/project.ts';
import { lineStart } from '../line-start.ts';
import { projectPath } from '../model-sync.ts';
import { monaco } from '../monaco-api.ts';
import { lensesOf } from './lens-words.ts';
import type { LensAct } from './lens-words.ts';
import { rangeIn } from './places.ts';

const COMMAND = 'studio.lens';
const INTERVAL_MS = 500;

let known: ReadonlyMap<Typename, FunctionActivity> = new Map();
/** Events handled when the run was last asked. */
let asked = -1;

export function registerCodeLens(): void {
  const changed = new monaco.Emitter<monaco.languages.CodeLensProvider>();
  monaco.editor.registerCommand(COMMAND, (_accessor, act: LensAct) => void perform(act));
  const provider: monaco.languages.CodeLensProvider = {
    onDidChange: changed.event,
    provideCodeLenses: (model) => ({ lenses: lensesIn(model), dispose: () => undefined }),
  };
  monaco.languages.registerCodeLensProvider('typescript', provider);
  const tell = () => changed.fire(provider);
  // Which functions there are follows the typing only once it pauses.
  useDocument.subscribe((state, before) => {
    if (state.facts !== before.facts) {
      asked = -1;
      tell();
    }
  });
  const look = async () => {
    if (!isTyping() && (await refresh())) {
      behindKeys(tell);
    }
    setTimeout(() => void look(), INTERVAL_MS);
  };
  void look();
}

/** Whether what the lenses say has changed. */
async function refresh(): Promise<boolean> {
  const { status } = useRun.getState();
  if (status === null) {
    const hadRun = known.size > 0;
    known = new Map();
    asked = -1;
    return hadRun;
  }
  const typenames = shownFunctions();
  const events = latestProjection()?.events ?? 0;
  const isNew = typenames.some((typename) => !known.has(typename));
  if (document.hidden || typenames.length === 0 || (events === asked && !isNew)) {
    return false;
  }
  asked = events;
  const answer = await workerClient().ask('read-function-activity', { typenames });
  if (!answer.ok) {
    return false;
  }
  const before = known;
  known = new Map(answer.value.map((activity) => [activity.typename, activity]));
  return answer.value.some((activity) => !isSame(before.get(activity.typename), activity));
}

function isSame(before: FunctionActivity | undefined, now: FunctionActivity): boolean {
  return before !== undefined && before.messages === now.messages && before.lastError?.seq === now.lastError?.seq;
}

function shownFunctions(): readonly Typename[] {
  const paths = new Set<FilePath | null>(
    monaco.editor.getEditors().map((editor) => {
      const model = editor.getModel();
      return model === null ? null : projectPath(model.uri);
    }),
  );
  return useDocument.getState().facts.functions.flatMap((fact) => (paths.has(fact.path) ? [fact.typename] : []));
}

function lensesIn(model: monaco.editor.ITextModel): monaco.languages.CodeLens[] {
  const path = projectPath(model.uri);
  if (path === null) {
    return [];
  }
  const running = useRun.getState().status !== null;
  return useDocument
    .getState()
    .facts.functions.filter((fact) => fact.path === path)
    .flatMap((fact) => {
      const { startLineNumber } = rangeIn(model, fact.range, path);
      const range = new monaco.Range(startLineNumber, 1, startLineNumber, 1);
      const activity = running ? (known.get(fact.typename) ?? null) : null;
      return lensesOf(fact.typename, activity).map(({ title, help, act }) => ({
        range,
        id: `${fact.typename}:${act.type}`,
        command: { id: COMMAND, title, tooltip: help, arguments: [act] },
      }));
    });
}

async function perform(act: LensAct): Promise<void> {
  switch (act.type) {
    case 'messages':
      showMessagesOf(act.typename);
      return;
    case 'try':
      useBench.getState().open(act.typename);
      return;
    case 'error':
      useView.getState().setDock(true, 'messages');
      useRun.getState().selectEvent(act.seq);
      await showLineOf(act.seq);
  }
}

/** The innermost line of the user's own files in the stack of a call's error. */
async function showLineOf(seq: number): Promise<void> {
  const answer = await workerClient().ask('read-message', { seq });
  const printed = answer.ok ? answer.value.logs.findLast(({ level, place }) => level === 'error' && place !== null)?.place : null;
  const place = (answer.ok ? answer.value.error?.stack[0] : null) ?? printed ?? undefined;
  const text = place === undefined ? null : textFile(useDocument.getState().project, place.path);
  if (place !== undefined && text !== null) {
    const from = lineStart(text, place.line);
    const end = text.indexOf('\n', from);
    useView.getState().openFile(place.path, { from, to: end === -1 ? text.length : end });
  }
}
