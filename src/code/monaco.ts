/**
 * Monaco with the languages of a project and nothing else. Loaded when an editor is first needed: import this module
 * dynamically only. Its workers come from the app's own origin.
 */
import { monaco } from './monaco-api.ts';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker';
import TypeScriptWorker from './language/ts-worker.ts?worker';
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/features/json/register';
import 'monaco-editor/languages/definitions/markdown/register';
import 'monaco-editor/languages/definitions/typescript/register';
import 'monaco-editor/languages/definitions/yaml/register';
import { ModuleKind, ModuleResolutionKind, ScriptTarget, typescriptDefaults } from 'monaco-editor/languages/features/typescript/register';
// After the features: those that are there when the services start are started with them.
import './services.ts';
import { SDK_LIBS } from './sdk-types.ts';

self.MonacoEnvironment = {
  getWorker(_id: string, label: string) {
    switch (label) {
      case 'typescript':
        return new TypeScriptWorker();
      case 'json':
        return new JsonWorker();
      default:
        return new EditorWorker();
    }
  },
};

typescriptDefaults.setCompilerOptions({
  target: ScriptTarget.ESNext,
  module: ModuleKind.ESNext,
  moduleResolution: ModuleResolutionKind.NodeJs,
  lib: ['es2023'],
  allowJs: true,
  checkJs: false,
  resolveJsonModule: true,
  strict: true,
  esModuleInterop: true,
  allowNonTsExtensions: true,
  allowImportingTsExtensions: true,
  noEmit: true,
});
typescriptDefaults.setEagerModelSync(true);
// All files are checked, not only the one shown: language/type-check.ts. Renames keep the names of properties: language/rename.ts.
// Completion brings imports (language/ts-completion.ts), and fixes reach over several files (language/ts-fixes.ts).
typescriptDefaults.setModeConfiguration({
  ...typescriptDefaults.modeConfiguration,
  diagnostics: false,
  rename: false,
  completionItems: false,
  codeActions: false,
});
for (const lib of SDK_LIBS) {
  typescriptDefaults.addExtraLib(lib.content, lib.path);
}

export { monaco };
