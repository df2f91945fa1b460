/** Tells the rest of the screen where the cursor of an editor stands: once a frame at most, and never in the way of a keystroke. */
import { useEditorPosition } from '../state/editor-position.ts';
import { pathOf } from './model-sync.ts';
import type { monaco } from './monaco.ts';

export function attachCursorPosition(editor: monaco.editor.IStandaloneCodeEditor): () => void {
  let frame = 0;
  const tell = () => {
    frame = 0;
    const model = editor.getModel();
    const selection = editor.getSelection();
    if (model === null || selection === null) {
      return;
    }
    const { lineNumber: line, column } = selection.getPosition();
    useEditorPosition.setState({
      position: {
        path: pathOf(model.uri),
        line,
        column,
        offset: model.getOffsetAt({ lineNumber: line, column }),
        selected: model.getValueLengthInRange(selection),
      },
    });
  };
  const soon = () => {
    frame = frame === 0 ? requestAnimationFrame(tell) : frame;
  };
  const listeners = [editor.onDidChangeCursorSelection(soon), editor.onDidChangeModel(soon)];
  return () => {
    cancelAnimationFrame(frame);
    for (const listener of listeners) {
      listener.dispose();
    }
    useEditorPosition.setState({ position: null });
  };
}
