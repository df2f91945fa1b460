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
import { hexColour } from './hex-colour.ts';
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

function colour(name: string): string {
  return `#${hexColour(token(name))}`;
}

function rule(name: string, scope: string, fontStyle?: string): monaco.editor.ITokenThemeRule {
  return { token: scope, foreground: hexColour(token(name)), ...(fontStyle === undefined ? {} : { fontStyle }) };
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
      'editor.background': colour('--bg-panel'),
      'editor.foreground': colour('--text'),
      'editor.lineHighlightBackground': colour('--bg-hover'),
      'editor.lineHighlightBorder': colour('--bg-hover'),
      'editor.selectionBackground': colour('--accent-soft'),
      'editorLineNumber.foreground': colour('--text-3'),
      'editorLineNumber.activeForeground': colour('--text'),
      'editorGutter.background': colour('--bg-panel'),
      'editorCursor.foreground': colour('--accent'),
      'editorWidget.background': colour('--bg-raised'),
      'editorWidget.border': colour('--line-strong'),
      // Pairs of brackets are told by their place, not by six hues.
      ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`editorBracketHighlight.foreground${level}`, colour('--text')])),
      'editorIndentGuide.background1': colour('--line'),
      'editorError.foreground': colour('--error'),
      'editorWarning.foreground': colour('--warn-line'),
      focusBorder: colour('--accent'),
      'scrollbarSlider.background': `${colour('--line-control')}55`,
    },
  });
  monaco.editor.setTheme('studio');
}

export { monaco };
