/**
 * One Monaco editor over the project's models. Undo and redo are the document's, so they mean the same in every view; Ctrl+S
 * saves and, while there is a run, uses the code from the next invocation on.
 */
import { useEffect, useRef } from 'react';
import type { FilePath } from '../base/ids.ts';
import type { Problem } from '../model/problem.ts';
import { useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { useScenarioProblems } from '../state/scenario-problems-store.ts';
import { attachCursorPosition } from './cursor-position.ts';
import { applyTheme } from './editor-theme.ts';
import { attachInlineValues } from './inline-values.ts';
import { attachLogpoints } from './logpoint-gutter.ts';
import { monaco } from './monaco.ts';
import { addFileActions } from './language/edit-actions.ts';
import { startLanguage } from './language/start.ts';
import { modelOf, pathOf, startModelSync } from './model-sync.ts';
import { startProblemActions } from './problem-actions.ts';
import { attachStallChip } from './stall-chip.ts';
import { attachWarningChips } from './warning-chips.ts';
import styles from './MonacoEditor.module.css';

export interface MonacoEditorProps {
  readonly path: FilePath;
  readonly label: string;
  /** Called with Ctrl+S. */
  readonly onApply: () => void;
  /** One-based line to put the cursor on when the editor opens. */
  readonly startLine?: number | undefined;
  /** One-based lines, inclusive, marked as belonging to the selection. */
  readonly marked?: { readonly from: number; readonly to: number } | null | undefined;
  readonly focusOnOpen?: boolean | undefined;
}

const viewStates = new Map<FilePath, monaco.editor.ICodeEditorViewState | null>();

/** Theme of the page as it stands: the tokens of `app/tokens.css` follow this attribute. */
function pageTheme(): 'light' | 'dark' {
  return document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light';
}

export function MonacoEditor({ path, label, onApply, startLine, marked, focusOnOpen = false }: MonacoEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor | null>(null);
  const apply = useRef(onApply);
  const reveal = useView((state) => state.reveal);
  const readOnly = useDocument((state) => state.save === 'read-only');
  const problems = useDocument((state) => state.problems);
  const scenarios = useScenarioProblems((state) => state.problems);

  useEffect(() => {
    apply.current = onApply;
  }, [onApply]);

  useEffect(() => {
    const element = host.current;
    if (element === null) {
      return undefined;
    }
    startModelSync();
    startProblemActions();
    startLanguage();
    applyTheme(pageTheme());
    const created = monaco.editor.create(element, {
      model: null,
      automaticLayout: true,
      fontFamily: '"JetBrains Mono Variable", "JetBrains Mono", monospace',
      fontLigatures: false,
      fontSize: 13,
      lineHeight: 20,
      codeLensFontFamily: '"Inter Variable", "Inter", sans-serif',
      codeLensFontSize: 11,
      lineNumbersMinChars: 3,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      smoothScrolling: false,
      renderLineHighlight: 'line',
      tabSize: 2,
      // Each message is an interface and, under the same name, its type.
      gotoLocation: { multipleDefinitions: 'goto' },
      fixedOverflowWidgets: true,
      // The menu takes the fonts of the page then.
      useShadowDOM: false,
      padding: { top: 8, bottom: 8 },
      stickyScroll: { enabled: false },
      overviewRulerBorder: false,
      scrollbar: { horizontalScrollbarSize: 10, useShadows: false },
      ariaLabel: label,
      // Tab moves focus when this is toggled with Ctrl+M: said in the shortcuts dialog.
      tabFocusMode: false,
      // Typenames, ids and topics are texts; in YAML nearly everything is one.
      quickSuggestions: { other: true, strings: true, comments: false },
      wordBasedSuggestions: 'off',
    });
    editor.current = created;
    bindKeys(created, () => apply.current());
    addFileActions(created);
    const detach = [
      attachInlineValues(created),
      attachWarningChips(created),
      attachStallChip(created),
      attachLogpoints(created),
      attachCursorPosition(created),
    ];
    const themes = new MutationObserver(() => applyTheme(pageTheme()));
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      themes.disconnect();
      for (const part of detach) {
        part();
      }
      const model = created.getModel();
      if (model !== null) {
        viewStates.set(pathOf(model.uri), created.saveViewState());
      }
      created.dispose();
      editor.current = null;
    };
  }, [label]);

  useEffect(() => {
    const current = editor.current;
    const model = modelOf(path);
    if (current === null || model === null || current.getModel() === model) {
      return;
    }
    const previous = current.getModel();
    if (previous !== null) {
      viewStates.set(pathOf(previous.uri), current.saveViewState());
    }
    current.setModel(model);
    current.restoreViewState(viewStates.get(path) ?? null);
    if (startLine !== undefined) {
      current.setPosition({ lineNumber: startLine, column: 1 });
      current.revealLineInCenterIfOutsideViewport(startLine);
    }
    if (focusOnOpen) {
      current.focus();
    }
  }, [path, startLine, focusOnOpen]);

  useEffect(() => {
    editor.current?.updateOptions({ readOnly, readOnlyMessage: { value: 'This project is open for writing in another tab.' } });
  }, [readOnly]);

  useEffect(() => {
    const current = editor.current;
    const model = current?.getModel() ?? null;
    if (current === null || model === null || reveal === null || reveal.path !== path) {
      return;
    }
    const range = monaco.Range.fromPositions(model.getPositionAt(reveal.from), model.getPositionAt(reveal.to));
    // A selection of many lines would be gone with the next key.
    current.setSelection(range.startLineNumber === range.endLineNumber ? range : monaco.Range.fromPositions(range.getStartPosition()));
    current.revealRangeInCenterIfOutsideViewport(range);
    current.focus();
  }, [reveal, path]);

  useEffect(() => {
    const model = modelOf(path);
    if (model !== null) {
      monaco.editor.setModelMarkers(
        model,
        'studio',
        [...problems, ...scenarios].filter((problem) => problem.path === path).map((problem) => marker(model, problem)),
      );
    }
  }, [problems, scenarios, path]);

  useEffect(() => {
    const current = editor.current;
    if (current === null || marked === null || marked === undefined || current.getModel() !== modelOf(path)) {
      return undefined;
    }
    const decorations = current.createDecorationsCollection([
      {
        range: new monaco.Range(marked.from, 1, marked.to, 1),
        options: { isWholeLine: true, className: styles.marked ?? '', linesDecorationsClassName: styles.markedEdge ?? '' },
      },
    ]);
    if (!current.hasTextFocus()) {
      current.revealLinesInCenterIfOutsideViewport(marked.from, marked.to);
    }
    return () => decorations.clear();
  }, [marked, path]);

  // The class gives the menu, which stands beside the editor, the colours of the theme.
  return <div ref={host} className={`monaco-component ${styles.editor}`} data-testid="monaco" />;
}

function bindKeys(editor: monaco.editor.IStandaloneCodeEditor, apply: () => void): void {
  const { CtrlCmd, Shift } = monaco.KeyMod;
  const { KeyS, KeyZ, KeyY } = monaco.KeyCode;
  const act = (id: string, label: string, keybindings: number[], run: () => void) => editor.addAction({ id, label, keybindings, run });
  act('studio.undo', 'Undo', [CtrlCmd | KeyZ], () => showingChange(editor, () => useDocument.getState().undo()));
  act('studio.redo', 'Redo', [CtrlCmd | Shift | KeyZ, CtrlCmd | KeyY], () => showingChange(editor, () => useDocument.getState().redo()));
  act('studio.apply', 'Save and apply', [CtrlCmd | KeyS], apply);
}

/** Puts the cursor to where the text changed, so that what was undone is seen. */
function showingChange(editor: monaco.editor.IStandaloneCodeEditor, act: () => void): void {
  const model = editor.getModel();
  let place: monaco.Position | null = null;
  const listening = model?.onDidChangeContent(({ changes }) => {
    const [first] = changes;
    place = first === undefined ? place : (model?.getPositionAt(first.rangeOffset + first.text.length) ?? null);
  });
  act();
  listening?.dispose();
  if (place !== null) {
    editor.setPosition(place);
    editor.revealPositionInCenterIfOutsideViewport(place);
  }
}

function marker(model: monaco.editor.ITextModel, problem: Problem): monaco.editor.IMarkerData {
  const start = model.getPositionAt(problem.range?.from ?? 0);
  const end = model.getPositionAt(problem.range?.to ?? 0);
  const severities = { error: monaco.MarkerSeverity.Error, warning: monaco.MarkerSeverity.Warning, info: monaco.MarkerSeverity.Info };
  return {
    severity: severities[problem.severity],
    message: problem.message,
    code: problem.code,
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  };
}
