/** A logpoint at the line of the cursor, asked for from outside of the editor: by the palette, or by the keys anywhere. */
import { useEditorPosition } from '../state/editor-position.ts';
import { pathOf } from './model-sync.ts';
import { monaco } from './monaco.ts';

export function editLogpoint(): void {
  const path = useEditorPosition.getState().position?.path;
  const editor = monaco.editor.getEditors().find((candidate) => {
    const model = candidate.getModel();
    return model !== null && pathOf(model.uri) === path;
  });
  editor?.focus();
  void editor?.getAction('studio.logpoint')?.run();
}
