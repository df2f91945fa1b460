/** Chips behind the text of a line, as decorations of the editor. */
import type { monaco } from './monaco.ts';
import styles from './inline-values.module.css';

export interface Chip {
  readonly kind: string;
  readonly text: string;
  readonly hover: string;
  /** The first one of its line stands a little off the code. */
  readonly first: boolean;
}

/** Text of its own, and no margin: the mark of a bracket at the end of the line would reach over a margin. */
const SPACE = '\u00a0\u00a0';

export function chipAfterLine(model: monaco.editor.ITextModel, line: number, chip: Chip): monaco.editor.IModelDeltaDecoration[] {
  const inlineClassName = [styles.chip, styles[chip.kind]].filter(Boolean).join(' ');
  const decoration = afterLine(model, line, { content: chip.text, inlineClassName, inlineClassNameAffectsLetterSpacing: true });
  const spaceClass = (chip.kind === 'warning' ? styles.warningSpace : styles.space) ?? '';
  const space = chip.first ? [afterLine(model, line, { content: SPACE, inlineClassName: spaceClass })] : [];
  return [...space, { ...decoration, options: { ...decoration.options, hoverMessage: { value: chip.hover } } }];
}

/** A value beside a line, or the space before it; warnings are no values. */
export function isValue({ options }: monaco.editor.IModelDecoration): boolean {
  const names = (options.after?.inlineClassName ?? '').split(' ');
  return names.includes(styles.space ?? ' ') || (names.includes(styles.chip ?? ' ') && !names.includes(styles.warning ?? ' '));
}

/** The mark of lines that ran, or did not. */
export function isBar({ options }: monaco.editor.IModelDecoration): boolean {
  const name = options.linesDecorationsClassName ?? '';
  return name !== '' && (name === styles.ran || name === styles.missed);
}

function afterLine(
  model: monaco.editor.ITextModel,
  line: number,
  text: monaco.editor.InjectedTextOptions,
): monaco.editor.IModelDeltaDecoration {
  const end = model.getLineMaxColumn(line);
  return {
    range: { startLineNumber: line, startColumn: end, endLineNumber: line, endColumn: end },
    options: {
      // At the end of the line even while one types there.
      stickiness: 1,
      showIfCollapsed: true,
      after: { ...text, cursorStops: 3 },
    },
  };
}
