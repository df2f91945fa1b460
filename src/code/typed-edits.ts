/** What an editor's change events say, as edits of the document and as steps of its history. Pure. */
import type { FilePath } from '../base/ids.ts';
import type { Edit } from '../model/edit.ts';

export interface ContentChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/**
 * The changes as edits that apply in order (the editor gives them from the end of the text). `shift` is what the file has before
 * the editor's first character. Null when the result would not have the editor's length: the texts were not in step.
 */
export function editsOfChanges(
  path: FilePath,
  changes: readonly ContentChange[],
  lengths: { readonly before: number; readonly after: number; readonly shift: number },
): readonly Edit[] | null {
  const grown = changes.reduce((sum, change) => sum + change.text.length - change.rangeLength, lengths.before);
  if (grown !== lengths.after) {
    return null;
  }
  return changes.map(({ rangeOffset, rangeLength, text }) => {
    const from = rangeOffset + lengths.shift;
    return { type: 'text', path, from, to: from + rangeLength, insert: text };
  });
}

export interface TypingStep {
  readonly label: string;
  /** Whether it goes on with the step before, if that was typing in the same place. */
  readonly typing: boolean;
  /** Part of a completion: the name and its import are one step, whichever comes first. */
  readonly completes: boolean;
}

const LABELS: Readonly<Record<string, string>> = {
  paste: 'Paste',
  cut: 'Cut',
  formatEditsCommand: 'Format',
};
const COMPLETES = /^(suggest$|snippet$|suggestController\.additionalTextEdits\.)/;
const TYPING = new Set(['type', 'compositionType', 'compositionEnd', 'executeCommand', 'executeCommands']);

/** `reason`: why the editor says the text changed. */
export function stepOf(reason: string): TypingStep {
  if (TYPING.has(reason)) {
    return { label: 'Type', typing: true, completes: false };
  }
  const completes = COMPLETES.test(reason);
  return { label: completes ? 'Complete' : (LABELS[reason] ?? 'Edit'), typing: false, completes };
}

/** Typing without a pause, at one place, is one step of undo. */
export class TypingBursts {
  #burst = 0;
  #path: FilePath | null = null;
  /** Where the text of the burst ends, and when it last grew. */
  #end = 0;
  #at = 0;

  /** A pause this long begins a new step. */
  static readonly PAUSE_MS = 1500;

  /** The merge key for edits of this moment. */
  keyOf(path: FilePath, edits: readonly Edit[], now: number): string {
    const first = edits.at(-1);
    const last = edits[0];
    const starts = first?.type === 'text' ? first : null;
    const goesOn =
      path === this.#path &&
      now - this.#at < TypingBursts.PAUSE_MS &&
      (edits.length > 1 || (starts !== null && starts.from <= this.#end && starts.to >= this.#end));
    if (!goesOn) {
      this.#burst += 1;
    }
    this.#path = path;
    this.#at = now;
    this.#end = last?.type === 'text' ? last.from + last.insert.length : 0;
    return `type:${path}:${this.#burst}`;
  }
}
