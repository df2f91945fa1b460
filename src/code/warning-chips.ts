/** What the Studio warns of, in a few words at the end of its line: the traps of the SDK are easily read over. */
import { useDocument } from '../state/document-controller.ts';
import { chipAfterLine } from './line-decorations.ts';
import { pathOf } from './model-sync.ts';
import type { monaco } from './monaco.ts';
import { shortWarning } from './short-warning.ts';

export function attachWarningChips(editor: monaco.editor.IStandaloneCodeEditor): () => void {
  const chips = editor.createDecorationsCollection();
  let drawn = '';
  const draw = () => {
    const model = editor.getModel();
    const path = model === null ? null : pathOf(model.uri);
    const warnings =
      model === null
        ? []
        : useDocument
            .getState()
            .problems.filter((problem) => problem.path === path && problem.severity === 'warning' && problem.range !== undefined)
            .map(({ message, range }) => ({ line: model.getPositionAt(range?.from ?? 0).lineNumber, message }));
    const first = warnings.filter(({ line }, index) => warnings.findIndex((other) => other.line === line) === index);
    const key = `${path}\n${first.map(({ line, message }) => `${line} ${message}`).join('\n')}`;
    if (key === drawn || model === null) {
      return;
    }
    drawn = key;
    chips.set(
      first.flatMap(({ line, message }) =>
        chipAfterLine(model, line, { kind: 'warning', text: shortWarning(message), hover: message, first: true }),
      ),
    );
  };
  const listeners = [
    editor.onDidChangeModel(() => {
      drawn = '';
      draw();
    }),
    // An edit moves them, not always to where the next problems of the same words are.
    editor.onDidChangeModelContent(() => {
      drawn = '';
    }),
  ];
  const stop = useDocument.subscribe((state, before) => {
    if (state.problems !== before.problems) {
      draw();
    }
  });
  draw();
  return () => {
    listeners.forEach((listener) => listener.dispose());
    stop();
    chips.clear();
  };
}
