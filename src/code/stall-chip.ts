/** At the line where the call stays for which the run is paused: such a call gave no reply, so it has no values to stand there. */
import { STALL_WORDS } from '../protocol/stall-words.ts';
import type { Stall } from '../protocol/call.ts';
import { stallOf } from '../state/paused-stall.ts';
import { useRun } from '../state/run-store.ts';
import { chipAfterLine } from './line-decorations.ts';
import { pathOf } from './model-sync.ts';
import type { monaco } from './monaco.ts';

export function attachStallChip(editor: monaco.editor.IStandaloneCodeEditor): () => void {
  const chips = editor.createDecorationsCollection();
  const draw = () => {
    const model = editor.getModel();
    const stall = stallOf(useRun.getState().status?.failure ?? null);
    const isHere = model !== null && stall !== null && pathOf(model.uri) === stall.place.path && stall.place.line <= model.getLineCount();
    chips.set(isHere ? chipAfterLine(model, stall.place.line, { kind: 'error', ...wordsOf(stall), first: true }) : []);
  };
  const listener = editor.onDidChangeModel(draw);
  const stop = useRun.subscribe((state, before) => {
    if (state.status?.failure !== before.status?.failure) {
      draw();
    }
  });
  draw();
  return () => {
    listener.dispose();
    stop();
    chips.clear();
  };
}

function wordsOf({ type }: Stall): { readonly text: string; readonly hover: string } {
  const words = STALL_WORDS[type];
  const text = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return { text, hover: `${text}: the run is paused at this call.` };
}
