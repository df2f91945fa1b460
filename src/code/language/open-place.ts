/** Opens what an editor wants to show: another file in the code view, module.yaml in its pane, a declaration of the SDK in place. */
import { MODULE_YAML } from '../../model/project.ts';
import { useView } from '../../state/document-store.ts';
import { projectPath } from '../model-sync.ts';
import { monaco } from '../monaco-api.ts';
import { textRange } from './places.ts';

export function registerOpener(): void {
  monaco.editor.registerEditorOpener({
    openCodeEditor(source, resource, selectionOrPosition) {
      const path = projectPath(resource);
      const model = monaco.editor.getModel(resource);
      if (path === null || model === null) {
        return openInPlace(source);
      }
      const range = textRange(model, asRange(selectionOrPosition), path);
      if (path === MODULE_YAML) {
        useView.getState().revealInModule(range);
      } else {
        useView.getState().openFile(path, range);
      }
      return true;
    },
  });
}

/** Files of the SDK and of the language have no tab: they are looked at where one stands. */
function openInPlace(source: monaco.editor.ICodeEditor): boolean {
  source.trigger('studio', 'editor.action.peekDefinition', null);
  return true;
}

function asRange(place: monaco.IRange | monaco.IPosition | undefined): monaco.IRange {
  if (place === undefined) {
    return new monaco.Range(1, 1, 1, 1);
  }
  return 'startLineNumber' in place ? place : new monaco.Range(place.lineNumber, place.column, place.lineNumber, place.column);
}
