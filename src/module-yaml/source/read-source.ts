/**
 * Text to documents of source nodes, as the real loader reads it (module-yaml.md §2): YAML 1.1 by the rules of its scanner and parser
 * (`yaml/`), scalars typed by its own (scalar-typing.ts), aliases and merge keys left as the strings that it makes of them.
 */
import { moduleProblem, textEdit, type ModuleProblem } from '../problem-codes.ts';
import type { SourceNode } from './source-node.ts';
import { parseDocuments } from './yaml/parse-documents.ts';
import { scan } from './yaml/scanner.ts';
import type { Token } from './yaml/token.ts';

export interface SourceDocument {
  readonly root: SourceNode;
  /** Offset of the `---` that begins it, or null. */
  readonly separator: number | null;
}

export interface SourceFile {
  readonly text: string;
  /** False when the text has no structure that could be shown: `documents` is then empty. */
  readonly parsed: boolean;
  readonly documents: readonly SourceDocument[];
  readonly problems: readonly ModuleProblem[];
}

// oxlint-disable-next-line no-control-regex -- these are what the loader refuses
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/g;

export function readSource(text: string): SourceFile {
  // A NUL would look like the end.
  const scanned = scan(text.replaceAll('\0', '\ufffd'));
  const documents = parseDocuments(scanned);
  const { state, tokens } = scanned;
  const problems = [...controls(text), ...state.problems, ...byteOrderMarks(text, tokens)];
  return { text, parsed: !state.isBroken, documents: state.isBroken ? [] : documents, problems };
}

function controls(text: string): readonly ModuleProblem[] {
  return [...text.matchAll(CONTROL)].slice(0, 20).map((match) => {
    const range = { from: match.index, to: match.index + 1 };
    const code = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return moduleProblem('yaml-control-character', 'error', `The control character U+${code} may not stand in YAML: remove it.`, {
      range,
      moment: 'load',
      fix: { label: 'Remove the character', edits: [textEdit(range.from, range.to, '')] },
    });
  });
}

/** A byte order mark is fine at the start; later it is part of the text behind it, unseen. */
function byteOrderMarks(text: string, tokens: readonly Token[]): readonly ModuleProblem[] {
  if (!text.includes('\ufeff', 1)) {
    return [];
  }
  return tokens.flatMap((token) => {
    const at = token.type === 'scalar' ? text.slice(token.from, token.to).indexOf('\ufeff') : -1;
    if (at < 0) {
      return [];
    }
    const range = { from: token.from + at, to: token.from + at + 1 };
    const message = 'An invisible byte order mark stands here and becomes part of the text: remove it.';
    const fix = { label: 'Remove the byte order mark', edits: [textEdit(range.from, range.to, '')] };
    return [moduleProblem('yaml-byte-order-mark', 'warning', message, { range, fix })];
  });
}
