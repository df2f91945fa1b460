/**
 * Logpoints in an editor: a sign in the gutter, a click there adds one, edits carry them along. What is written at a line is asked for
 * between the lines, where it will print.
 */
import { useLogpoints } from '../state/logpoints-store.ts';
import type { StoredLogpoint } from '../state/logpoints-store.ts';
import { openLogpointInput } from './logpoint-input.ts';
import { pathOf } from './model-sync.ts';
import { monaco } from './monaco.ts';
import styles from './logpoints.module.css';

type Editor = monaco.editor.IStandaloneCodeEditor;

export function attachLogpoints(editor: Editor): () => void {
  const signs = editor.createDecorationsCollection();
  /** Ids of the logpoints, in the order of the signs. */
  let drawn: readonly number[] = [];
  let hovered: monaco.editor.IEditorDecorationsCollection | null = null;
  let closeInput: (() => void) | null = null;

  const here = () => {
    const model = editor.getModel();
    return model === null || !isCode(model) ? [] : useLogpoints.getState().logpoints.filter(({ path }) => path === pathOf(model.uri));
  };
  const draw = () => {
    const model = editor.getModel();
    const own = model === null ? [] : here().filter(({ line }) => line <= model.getLineCount());
    editor.updateOptions({ glyphMargin: model !== null && isCode(model) });
    drawn = own.map(({ id }) => id);
    signs.set(own.map((logpoint) => sign(logpoint)));
  };
  /** Where they stand after the edits that were made since. */
  const follow = () => {
    const ranges = signs.getRanges();
    const lines = new Map(drawn.map((id, index) => [id, ranges[index]?.startLineNumber]));
    const { logpoints, set } = useLogpoints.getState();
    const moved = logpoints.map((logpoint) => {
      const line = lines.get(logpoint.id);
      return line === undefined || line === logpoint.line ? logpoint : { ...logpoint, line };
    });
    if (moved.some((logpoint, index) => logpoint !== logpoints[index])) {
      set(moved);
    }
  };
  const edit = (line: number) => {
    const model = editor.getModel();
    if (model === null || !isCode(model)) {
      return;
    }
    const path = pathOf(model.uri);
    const there = here().find((logpoint) => logpoint.line === line);
    closeInput?.();
    closeInput = openLogpointInput(editor, line, there?.expression ?? '', {
      commit: (text) => {
        // The line may have moved while it was written.
        const now = there === undefined ? undefined : useLogpoints.getState().logpoints.find(({ id }) => id === there.id);
        useLogpoints.getState().commit({ path, line: now?.line ?? line, id: there?.id ?? null }, text);
      },
      closed: () => {
        closeInput = null;
      },
    });
  };

  let seen = useLogpoints.getState().logpoints;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = useLogpoints.subscribe(({ logpoints }) => {
    if (logpoints !== seen) {
      seen = logpoints;
      draw();
    }
  });
  const listeners = [
    editor.onDidChangeModel(() => {
      closeInput?.();
      draw();
    }),
    editor.onDidChangeModelContent(() => {
      if (drawn.length > 0) {
        clearTimeout(timer);
        timer = setTimeout(follow, 100);
      }
    }),
    editor.onMouseDown((event) => {
      if (event.target.type === monaco.editor.MouseTargetType.GUTTER_GLYPH_MARGIN && event.event.leftButton) {
        edit(event.target.position.lineNumber);
      }
    }),
    editor.onMouseMove((event) => {
      const model = editor.getModel();
      const line =
        event.target.type === monaco.editor.MouseTargetType.GUTTER_GLYPH_MARGIN && model !== null && isCode(model)
          ? event.target.position.lineNumber
          : null;
      hovered?.clear();
      hovered =
        line === null || here().some((logpoint) => logpoint.line === line) ? null : editor.createDecorationsCollection([hint(line)]);
    }),
    editor.onMouseLeave(() => hovered?.clear()),
    editor.addAction({
      id: 'studio.logpoint',
      label: 'Add or Edit Logpoint',
      keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.F9],
      contextMenuGroupId: '1_modification',
      contextMenuOrder: 9,
      run: () => edit(editor.getPosition()?.lineNumber ?? 1),
    }),
  ];
  draw();
  return () => {
    follow();
    clearTimeout(timer);
    closeInput?.();
    stop();
    for (const listener of listeners) {
      listener.dispose();
    }
    signs.clear();
  };
}

function isCode(model: monaco.editor.ITextModel): boolean {
  return model.getLanguageId() === 'typescript' || model.getLanguageId() === 'javascript';
}

function sign({ line, expression, enabled, problem }: StoredLogpoint): monaco.editor.IModelDeltaDecoration {
  return {
    range: new monaco.Range(line, 1, line, 1),
    options: {
      glyphMarginClassName: `${styles.sign} ${!enabled ? styles.held : problem === null ? '' : styles.broken}`,
      glyphMarginHoverMessage: {
        value: `Logpoint${enabled ? '' : ', held'}: \`${expression.replaceAll('`', '')}\`${problem === null ? '' : `  \n${problem}`}`,
      },
      stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
    },
  };
}

function hint(line: number): monaco.editor.IModelDeltaDecoration {
  return {
    range: new monaco.Range(line, 1, line, 1),
    options: { glyphMarginClassName: `${styles.sign} ${styles.hint}`, glyphMarginHoverMessage: { value: 'Add a logpoint (Ctrl+F9)' } },
  };
}
