/** What TypeScript does to a whole file at once, by keys that are the same on every system. */
import type { FileTextChanges } from 'monaco-editor/languages/features/typescript/ts.worker';
import { useDocument } from '../../state/document-controller.ts';
import { inOneStep, projectPath } from '../model-sync.ts';
import { monaco } from '../monaco-api.ts';
import { say } from '../services.ts';
import { typeScriptClient } from './ts-client.ts';

/**
 * Keys that Monaco has others for in a browser or on Linux, and shows in its menu: Ctrl+Shift+I, for one, opens the browser's tools. With a
 * selection Shift+Alt+F formats that, else the file. For all editors of the page.
 */
export function bindCommonKeys(): void {
  const { KeyCode, KeyMod } = monaco;
  const format = KeyMod.Shift | KeyMod.Alt | KeyCode.KeyF;
  const writes = 'editorTextFocus && !editorReadonly';
  monaco.editor.addKeybindingRules([
    { keybinding: KeyCode.F12, command: 'editor.action.revealDefinition', when: 'editorTextFocus && editorHasDefinitionProvider' },
    {
      keybinding: format,
      command: 'editor.action.formatDocument',
      when: `${writes} && !editorHasSelection && editorHasDocumentFormattingProvider`,
    },
    {
      keybinding: format,
      command: 'editor.action.formatSelection',
      when: `${writes} && editorHasSelection && editorHasDocumentSelectionFormattingProvider`,
    },
  ]);
}

/** Shift+Alt+O organizes imports. */
export function addFileActions(editor: monaco.editor.IStandaloneCodeEditor): void {
  editor.addAction({
    id: 'studio.organize-imports',
    label: 'Organize imports',
    keybindings: [monaco.KeyMod.Shift | monaco.KeyMod.Alt | monaco.KeyCode.KeyO],
    precondition: 'editorLangId == typescript && !editorReadonly',
    contextMenuGroupId: '1_modification',
    run: () => organizeImports(editor),
  });
}

async function organizeImports(editor: monaco.editor.IStandaloneCodeEditor): Promise<void> {
  const model = editor.getModel();
  if (model === null || projectPath(model.uri) === null || useDocument.getState().save === 'read-only') {
    return;
  }
  const version = model.getVersionId();
  const client = await typeScriptClient(model.uri);
  const changes: readonly FileTextChanges[] = await client.organizeImports(model.uri.toString());
  const edits = changes
    .filter(({ fileName }) => fileName === model.uri.toString())
    .flatMap(({ textChanges }) => textChanges)
    .map(({ span, newText }) => ({
      range: monaco.Range.fromPositions(model.getPositionAt(span.start), model.getPositionAt(span.start + span.length)),
      text: newText,
    }));
  if (model.isDisposed() || model.getVersionId() !== version) {
    return;
  }
  if (edits.length === 0) {
    say('The imports are in order.');
    return;
  }
  inOneStep('Organize imports', () => model.pushEditOperations([], edits, () => []));
}
