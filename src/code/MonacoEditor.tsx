/**
 * One Monaco editor over the project's models. Undo and redo are the document's, so they mean the same in every view; Ctrl+S
 * saves and, while there is a run, uses the code from the next invocation on.
 */
import { useEffect, useRef } from 'react';
import type { FilePath } from '../base/ids.ts';
import type { Problem } from '../model/problem.ts';
import { useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { applyTheme, monaco } from './monaco.ts';
import { modelOf, pathOf, startModelSync } from './model-sync.ts';
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

  useEffect(() => {
    apply.current = onApply;
  }, [onApply]);

  useEffect(() => {
    const element = host.current;
    if (element === null) {
      return undefined;
    }
    startModelSync();
    applyTheme(pageTheme());
    const created = monaco.editor.create(element, {
      model: null,
      automaticLayout: true,
      fontFamily: '"JetBrains Mono Variable", "JetBrains Mono", monospace',
      fontLigatures: false,
      fontSize: 13,
      lineHeight: 20,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      smoothScrolling: false,
      renderLineHighlight: 'line',
      tabSize: 2,
      fixedOverflowWidgets: true,
      padding: { top: 8, bottom: 8 },
      stickyScroll: { enabled: false },
      overviewRulerBorder: false,
      ariaLabel: label,
      // Tab moves focus when this is toggled with Ctrl+M: said in the shortcuts dialog.
      tabFocusMode: false,
    });
    editor.current = created;
    bindKeys(created, () => apply.current());
    const themes = new MutationObserver(() => applyTheme(pageTheme()));
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      themes.disconnect();
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
    current.setSelection(range);
    current.revealRangeInCenterIfOutsideViewport(range);
    current.focus();
  }, [reveal, path]);

  useEffect(() => {
    const model = modelOf(path);
    if (model !== null) {
      monaco.editor.setModelMarkers(
        model,
        'studio',
        problems.filter((problem) => problem.path === path).map((problem) => marker(model, problem)),
      );
    }
  }, [problems, path]);

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

  return <div ref={host} className={styles.editor} data-testid="monaco" />;
}

function bindKeys(editor: monaco.editor.IStandaloneCodeEditor, apply: () => void): void {
  const { CtrlCmd, Shift } = monaco.KeyMod;
  const { KeyS, KeyZ, KeyY } = monaco.KeyCode;
  const act = (id: string, label: string, keybindings: number[], run: () => void) => editor.addAction({ id, label, keybindings, run });
  act('studio.undo', 'Undo', [CtrlCmd | KeyZ], () => useDocument.getState().undo());
  act('studio.redo', 'Redo', [CtrlCmd | Shift | KeyZ, CtrlCmd | KeyY], () => useDocument.getState().redo());
  act('studio.apply', 'Save and apply', [CtrlCmd | KeyS], apply);
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
