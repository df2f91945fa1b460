/** The editor's colours, all of them from `app/tokens.css`: what Monaco would choose by itself has no place among them. */
import { hexColour } from './hex-colour.ts';
import { monaco } from './monaco-api.ts';

/** Symbols of completions and outlines: what they are stands in words, so they are ink. */
const SYMBOLS = [
  'array',
  'boolean',
  'class',
  'color',
  'constant',
  'constructor',
  'enumerator',
  'enumeratorMember',
  'event',
  'field',
  'file',
  'folder',
  'function',
  'interface',
  'key',
  'keyword',
  'method',
  'module',
  'namespace',
  'null',
  'number',
  'object',
  'operator',
  'package',
  'property',
  'reference',
  'snippet',
  'string',
  'struct',
  'text',
  'typeParameter',
  'unit',
  'variable',
];

const NONE = '#00000000';

/** Defines and sets the theme from the tokens that are in force. */
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
    colors: { ...textColours(), ...floatingColours(), ...peekColours() },
  });
  monaco.editor.setTheme('studio');
}

type Colours = Record<string, string>;

function textColours(): Colours {
  return {
    foreground: colour('--text'),
    descriptionForeground: colour('--text-3'),
    errorForeground: colour('--error'),
    'icon.foreground': colour('--text-2'),
    focusBorder: colour('--accent'),
    'editor.background': colour('--bg-panel'),
    'editor.foreground': colour('--text'),
    'editor.lineHighlightBackground': colour('--bg-hover'),
    'editor.lineHighlightBorder': colour('--bg-hover'),
    'editor.selectionBackground': `${colour('--accent-line')}55`,
    'editor.inactiveSelectionBackground': `${colour('--accent-line')}33`,
    'editor.selectionHighlightBackground': colour('--bg-active'),
    'editor.wordHighlightBackground': colour('--bg-active'),
    'editor.wordHighlightStrongBackground': colour('--bg-active'),
    'editor.wordHighlightTextBackground': colour('--bg-active'),
    'editor.findMatchBackground': `${colour('--accent-line')}88`,
    'editor.findMatchHighlightBackground': `${colour('--accent-line')}44`,
    'editor.findRangeHighlightBackground': colour('--bg-hover'),
    'editor.hoverHighlightBackground': colour('--bg-active'),
    'editor.foldBackground': colour('--bg-hover'),
    'editorBracketMatch.background': colour('--bg-active'),
    'editorBracketMatch.border': NONE,
    // Pairs of brackets are told by their place, not by six hues.
    ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`editorBracketHighlight.foreground${level}`, colour('--text')])),
    'editorCodeLens.foreground': colour('--text-3'),
    'editorCursor.foreground': colour('--accent'),
    'editorError.foreground': colour('--error'),
    'editorWarning.foreground': colour('--warn-line'),
    'editorGutter.background': colour('--bg-panel'),
    'editorGutter.foldingControlForeground': colour('--text-3'),
    'editorIndentGuide.background1': colour('--line'),
    'editorIndentGuide.activeBackground1': colour('--line-strong'),
    'editorLightBulb.foreground': colour('--warn-line'),
    'editorLightBulbAutoFix.foreground': colour('--warn-line'),
    'editorLineNumber.foreground': colour('--text-3'),
    'editorLineNumber.activeForeground': colour('--text'),
    'editorLink.activeForeground': colour('--accent'),
    'editorOverviewRuler.errorForeground': colour('--error-line'),
    'editorOverviewRuler.warningForeground': colour('--warn-line'),
    'editorOverviewRuler.infoForeground': colour('--line-control'),
    'editorOverviewRuler.findMatchForeground': colour('--accent-line'),
    'editorOverviewRuler.selectionHighlightForeground': colour('--line-strong'),
    'editorOverviewRuler.wordHighlightForeground': colour('--line-strong'),
    'editorOverviewRuler.wordHighlightStrongForeground': colour('--line-strong'),
    'editorOverviewRuler.wordHighlightTextForeground': colour('--line-strong'),
    'editorOverviewRuler.bracketMatchForeground': NONE,
    // A line parts regions, and no shadow.
    'scrollbar.shadow': NONE,
    'scrollbarSlider.background': `${colour('--line-control')}55`,
    'scrollbarSlider.hoverBackground': `${colour('--line-control')}88`,
    'scrollbarSlider.activeBackground': `${colour('--line-control')}aa`,
  };
}

/** Completions, hovers, find, the palette, menus. */
function floatingColours(): Colours {
  const chosen = { background: colour('--accent-soft'), text: colour('--text') };
  return {
    'widget.shadow': '#00000029',
    'widget.border': colour('--line-strong'),
    'editorWidget.background': colour('--bg-raised'),
    'editorWidget.foreground': colour('--text'),
    'editorWidget.border': colour('--line-strong'),
    'editorHoverWidget.background': colour('--bg-raised'),
    'editorHoverWidget.foreground': colour('--text'),
    'editorHoverWidget.border': colour('--line-strong'),
    'editorHoverWidget.highlightForeground': colour('--accent'),
    'editorHoverWidget.statusBarBackground': colour('--bg-sunken'),
    'editorSuggestWidget.background': colour('--bg-raised'),
    'editorSuggestWidget.foreground': colour('--text'),
    'editorSuggestWidget.border': colour('--line-strong'),
    'editorSuggestWidget.highlightForeground': colour('--accent'),
    'editorSuggestWidget.focusHighlightForeground': colour('--accent'),
    'editorSuggestWidget.selectedBackground': chosen.background,
    'editorSuggestWidget.selectedForeground': chosen.text,
    'editorSuggestWidget.selectedIconForeground': chosen.text,
    'list.hoverBackground': colour('--bg-hover'),
    'list.hoverForeground': colour('--text'),
    'list.focusBackground': chosen.background,
    'list.focusForeground': chosen.text,
    'list.focusOutline': colour('--accent'),
    'list.activeSelectionBackground': chosen.background,
    'list.activeSelectionForeground': chosen.text,
    'list.activeSelectionIconForeground': chosen.text,
    'list.inactiveSelectionBackground': colour('--bg-active'),
    'list.inactiveSelectionForeground': colour('--text'),
    'list.highlightForeground': colour('--accent'),
    'list.focusHighlightForeground': colour('--accent'),
    'tree.indentGuidesStroke': colour('--line-strong'),
    'input.background': colour('--bg-panel'),
    'input.foreground': colour('--text'),
    'input.border': colour('--line-control'),
    'input.placeholderForeground': colour('--text-3'),
    'inputOption.activeBackground': chosen.background,
    'inputOption.activeBorder': colour('--accent'),
    'inputOption.activeForeground': chosen.text,
    'inputOption.hoverBackground': colour('--bg-hover'),
    'inputValidation.errorBackground': colour('--error-soft'),
    'inputValidation.errorBorder': colour('--error-line'),
    'inputValidation.warningBackground': colour('--warn-soft'),
    'inputValidation.warningBorder': colour('--warn-line'),
    'inputValidation.infoBackground': colour('--bg-raised'),
    'inputValidation.infoBorder': colour('--line-control'),
    'quickInput.background': colour('--bg-raised'),
    'quickInput.foreground': colour('--text'),
    'quickInputTitle.background': colour('--bg-sunken'),
    'quickInputList.focusBackground': chosen.background,
    'quickInputList.focusForeground': chosen.text,
    'quickInputList.focusIconForeground': chosen.text,
    'pickerGroup.foreground': colour('--text-3'),
    'pickerGroup.border': colour('--line'),
    'keybindingLabel.background': colour('--bg-sunken'),
    'keybindingLabel.foreground': colour('--text-2'),
    'keybindingLabel.border': colour('--line-strong'),
    'keybindingLabel.bottomBorder': colour('--line-strong'),
    'menu.background': colour('--bg-raised'),
    'menu.foreground': colour('--text'),
    'menu.border': colour('--line-strong'),
    'menu.separatorBackground': colour('--line'),
    'menu.selectionBackground': colour('--bg-hover'),
    'menu.selectionForeground': colour('--text'),
    'badge.background': colour('--bg-active'),
    'badge.foreground': colour('--text-2'),
    'toolbar.hoverBackground': colour('--bg-hover'),
    'textLink.foreground': colour('--accent'),
    'textLink.activeForeground': colour('--accent'),
    'textPreformat.foreground': colour('--text'),
    'textPreformat.background': colour('--bg-sunken'),
    'textCodeBlock.background': colour('--bg-sunken'),
    'button.background': colour('--accent-fill'),
    'button.foreground': colour('--text-on-fill'),
    ...Object.fromEntries(SYMBOLS.map((symbol) => [`symbolIcon.${symbol}Foreground`, colour('--text-2')])),
  };
}

/** What opens between two lines: references, and the problem that F8 goes to. */
function peekColours(): Colours {
  return {
    'peekView.border': colour('--line-control'),
    'peekViewTitle.background': colour('--bg-raised'),
    'peekViewTitleLabel.foreground': colour('--text'),
    'peekViewTitleDescription.foreground': colour('--text-3'),
    'peekViewEditor.background': colour('--bg-sunken'),
    'peekViewEditorGutter.background': colour('--bg-sunken'),
    'peekViewEditor.matchHighlightBackground': `${colour('--accent-line')}55`,
    'peekViewResult.background': colour('--bg-panel'),
    'peekViewResult.fileForeground': colour('--text'),
    'peekViewResult.lineForeground': colour('--text-2'),
    'peekViewResult.matchHighlightBackground': `${colour('--accent-line')}55`,
    'peekViewResult.selectionBackground': colour('--accent-soft'),
    'peekViewResult.selectionForeground': colour('--text'),
    'editorMarkerNavigation.background': colour('--bg-raised'),
    'editorMarkerNavigationError.background': colour('--error-line'),
    'editorMarkerNavigationError.headerBackground': colour('--error-soft'),
    'editorMarkerNavigationWarning.background': colour('--warn-line'),
    'editorMarkerNavigationWarning.headerBackground': colour('--warn-soft'),
    'editorMarkerNavigationInfo.background': colour('--line-control'),
    'editorMarkerNavigationInfo.headerBackground': colour('--bg-sunken'),
  };
}

/** The value of a token in the theme of now. */
function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function colour(name: string): string {
  return `#${hexColour(token(name))}`;
}

function rule(name: string, scope: string, fontStyle?: string): monaco.editor.ITokenThemeRule {
  return { token: scope, foreground: hexColour(token(name)), ...(fontStyle === undefined ? {} : { fontStyle }) };
}
