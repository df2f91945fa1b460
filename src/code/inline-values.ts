/**
 * Results of the last observed call beside the lines of an editor, and a bar for what ran. Text that is injected behind a line costs
 * nothing while one types: the editor moves it, an edited line loses its own, and all others are dimmed by one attribute until
 * the function is called again.
 */
import type { FilePath, Typename } from '../base/ids.ts';
import { rangesIn } from '../model/code-facts.ts';
import { useBench } from '../state/bench-store.ts';
import { useDocument } from '../state/document-controller.ts';
import { useEditorPosition } from '../state/editor-position.ts';
import { useRun } from '../state/run-store.ts';
import { useTrials } from '../state/trials-store.ts';
import type { ObservedResult } from '../state/trials-store.ts';
import { coverageSpans } from './coverage-spans.ts';
import { chipAfterLine, isBar, isValue } from './line-decorations.ts';
import { lineChips } from './line-chips.ts';
import type { LineChip } from './line-chips.ts';
import { pathOf } from './model-sync.ts';
import type { monaco } from './monaco.ts';
import { followObserved, pickedIn, shownIn } from './observed-call.ts';
import { shortClock } from './short-clock.ts';
import styles from './inline-values.module.css';

type Editor = monaco.editor.IStandaloneCodeEditor;

export function attachInlineValues(editor: Editor): () => void {
  const chips = editor.createDecorationsCollection();
  const bars = editor.createDecorationsCollection();
  let drawn: { readonly observed: ObservedResult | null; readonly path: FilePath | null } | null = null;

  const path = () => {
    const model = editor.getModel();
    return model === null ? null : pathOf(model.uri);
  };
  const draw = () => {
    const file = path();
    const observed = file === null || !useTrials.getState().inlineValues ? null : shownIn(file);
    if (drawn?.observed === observed && drawn.path === file) {
      return;
    }
    drawn = { observed, path: file };
    const model = editor.getModel();
    chips.set(observed === null || file === null || model === null ? [] : chipDecorations(model, observed, file));
    bars.set(observed === null || file === null || model === null ? [] : barDecorations(model, observed, file));
    setStale(editor, observed?.stale ?? false);
  };

  // Only where the function is another one: what was drawn moves with the text, what is drawn anew does not.
  let about: Typename | null = null;
  const turnToFunction = () => {
    const file = path();
    const now = file === null ? null : pickedIn(file);
    if (now !== about) {
      about = now;
      draw();
    }
  };

  const listeners = [
    editor.onDidChangeModel(() => {
      drawn = null;
      draw();
    }),
    editor.onDidChangeModelContent(({ changes }) => {
      if (drawn?.observed === null || chips.length === 0) {
        return;
      }
      setStale(editor, true);
      dropEdited(editor, changes);
    }),
  ];
  const stops = [
    useTrials.subscribe(draw),
    useEditorPosition.subscribe(turnToFunction),
    useBench.subscribe(turnToFunction),
    followObserved(path),
  ];
  draw();
  return () => {
    for (const listener of listeners) {
      listener.dispose();
    }
    for (const stop of stops) {
      stop();
    }
    chips.clear();
    bars.clear();
  };
}

function setStale(editor: Editor, stale: boolean): void {
  editor.getContainerDomNode().dataset['valuesStale'] = String(stale);
}

/** A value beside a line that is being changed says nothing true any more, nor what of lines ran that were replaced. */
function dropEdited(editor: Editor, changes: readonly monaco.editor.IModelContentChange[]): void {
  const model = editor.getModel();
  const gone = changes.flatMap(({ range, text }) => {
    const last = range.startLineNumber + text.split('\n').length - 1;
    const replaced = range.endLineNumber > range.startLineNumber;
    return (model?.getLinesDecorations(range.startLineNumber, last) ?? []).filter(
      (decoration) =>
        isValue(decoration) ||
        (replaced &&
          isBar(decoration) &&
          decoration.range.startLineNumber >= range.startLineNumber &&
          decoration.range.endLineNumber <= last),
    );
  });
  if (gone.length > 0) {
    editor.removeDecorations(gone.map(({ id }) => id));
  }
}

function chipDecorations(model: monaco.editor.ITextModel, observed: ObservedResult, file: FilePath): monaco.editor.IModelDeltaDecoration[] {
  const startAt = useRun.getState().status?.settings.startAt ?? useDocument.getState().studio.settings.startAt;
  const lines = model.getLineCount();
  const found = lineChips(observed, file, (at) => shortClock(at, startAt)).filter(({ line }) => line <= lines);
  return found.flatMap((chip, index) =>
    chipAfterLine(model, chip.line, {
      kind: classOf(chip),
      text: chip.text,
      hover: chip.hover,
      first: found[index - 1]?.line !== chip.line,
    }),
  );
}

function classOf({ type, text }: LineChip): string {
  switch (type) {
    case 'state-read':
      return 'read';
    case 'state-write':
      return 'write';
    case 'send-after':
      return 'timer';
    case 'branch':
      return /^(?:false|null|undefined|NaN|0|''|"")$/.test(text) ? 'branchNot' : 'branch';
    case 'log':
    case 'logpoint':
    case 'send':
    case 'egress':
    case 'cancel':
    case 'fetch':
    case 'error':
    case 'more':
      return type;
  }
}

function barDecorations(model: monaco.editor.ITextModel, observed: ObservedResult, file: FilePath): monaco.editor.IModelDeltaDecoration[] {
  const found = observed.result.coverage.find((candidate) => candidate.path === file);
  const lines = model.getLineCount();
  const others = useDocument.getState().facts.functions.filter((fact) => fact.typename !== observed.typename);
  const stretches = others
    .flatMap((fact) => rangesIn(fact, file))
    .map((range) => [model.getPositionAt(range.from).lineNumber, model.getPositionAt(range.to).lineNumber] as const);
  // That a call did not reach the code of other functions goes without saying.
  const coverage = found && {
    ...found,
    missed: found.missed.filter((line) => !stretches.some(([from, to]) => from <= line && line <= to)),
  };
  return (coverage === undefined ? [] : coverageSpans(coverage, (line) => line <= lines && /^\S/.test(model.getLineContent(line))))
    .filter(({ to }) => to <= lines)
    .map(({ from, to, ran }) => ({
      range: { startLineNumber: from, startColumn: 1, endLineNumber: to, endColumn: 1 },
      options: { isWholeLine: true, linesDecorationsClassName: (ran ? styles.ran : styles.missed) ?? '' },
    }));
}
