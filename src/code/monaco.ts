/**
 * Monaco with the languages of a project and nothing else. Loaded when an editor is first needed: import this module
 * dynamically only. Its workers come from the app's own origin.
 */
import * as monaco from 'monaco-editor/editor/editor.api';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker';
import TypeScriptWorker from 'monaco-editor/languages/features/typescript/ts.worker?worker';
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/features/json/register';
import 'monaco-editor/languages/definitions/javascript/register';
import 'monaco-editor/languages/definitions/markdown/register';
import 'monaco-editor/languages/definitions/typescript/register';
import 'monaco-editor/languages/definitions/yaml/register';
import {
  ModuleKind,
  ModuleResolutionKind,
  ScriptTarget,
  javascriptDefaults,
  typescriptDefaults,
} from 'monaco-editor/languages/features/typescript/register';
import { SDK_LIBS } from './sdk-types.ts';

self.MonacoEnvironment = {
  getWorker(_id: string, label: string) {
    switch (label) {
      case 'typescript':
      case 'javascript':
        return new TypeScriptWorker();
      case 'json':
        return new JsonWorker();
      default:
        return new EditorWorker();
    }
  },
};

for (const defaults of [typescriptDefaults, javascriptDefaults]) {
  defaults.setCompilerOptions({
    target: ScriptTarget.ESNext,
    module: ModuleKind.ESNext,
    moduleResolution: ModuleResolutionKind.NodeJs,
    lib: ['es2023'],
    allowJs: true,
    checkJs: false,
    strict: true,
    esModuleInterop: true,
    allowNonTsExtensions: true,
    allowImportingTsExtensions: true,
    noEmit: true,
  });
  defaults.setEagerModelSync(true);
  for (const lib of SDK_LIBS) {
    defaults.addExtraLib(lib.content, lib.path);
  }
}

/** The value of a token of `app/tokens.css` in the theme of now, as the hex that Monaco takes. */
function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function rule(name: string, scope: string, fontStyle?: string): monaco.editor.ITokenThemeRule {
  return { token: scope, foreground: token(name).replace('#', ''), ...(fontStyle === undefined ? {} : { fontStyle }) };
}

/** Defines and sets the editor theme from the tokens that are in force. */
export function applyTheme(theme: 'light' | 'dark'): void {
  monaco.editor.defineTheme('studio', {
    base: theme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      rule('--syn-comment', 'comment', 'italic'),
      rule('--syn-string', 'string'),
      rule('--syn-string', 'string.yaml'),
      rule('--syn-number', 'number'),
      rule('--syn-keyword', 'keyword'),
      rule('--syn-type', 'type'),
      rule('--syn-key', 'type.yaml'),
      rule('--syn-key', 'string.key.json'),
      rule('--syn-string', 'string.value.json'),
      rule('--text', 'identifier'),
      rule('--text-2', 'delimiter'),
    ],
    colors: {
      'editor.background': token('--bg-panel'),
      'editor.foreground': token('--text'),
      'editor.lineHighlightBackground': token('--bg-hover'),
      'editor.lineHighlightBorder': token('--bg-hover'),
      'editor.selectionBackground': token('--accent-soft'),
      'editorLineNumber.foreground': token('--text-3'),
      'editorLineNumber.activeForeground': token('--text'),
      'editorGutter.background': token('--bg-panel'),
      'editorCursor.foreground': token('--accent'),
      'editorWidget.background': token('--bg-raised'),
      'editorWidget.border': token('--line-strong'),
      'editorIndentGuide.background1': token('--line'),
      'editorError.foreground': token('--error'),
      'editorWarning.foreground': token('--warn-line'),
      focusBorder: token('--accent'),
      'scrollbarSlider.background': `${token('--line-control')}55`,
    },
  });
  monaco.editor.setTheme('studio');
}

export { monaco };
