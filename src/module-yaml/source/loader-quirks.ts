/** Text that the yaml package reads but the loader's SnakeYAML refuses, found in the lexemes (module-yaml.md §2). */
import type { CST } from 'yaml';
import { moduleProblem, textEdit, type ModuleProblem } from '../problem-codes.ts';

export interface Lexeme {
  readonly text: string;
  readonly offset: number;
}

// oxlint-disable-next-line no-control-regex -- these are what the loader refuses
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/g;

export function findQuirks(source: string, lexemes: readonly Lexeme[], tokens: readonly CST.Token[]): readonly ModuleProblem[] {
  // Most files hold nothing of the kind: a search in the text is much quicker than a walk over the lexemes.
  return [
    ...(source.includes('\t') ? tabs(lexemes) : []),
    ...(source.includes('\\/') ? escapes(lexemes) : []),
    ...controls(source),
    ...(source.includes('\ufeff', 1) ? marks(source, lexemes) : []),
    ...directives(tokens),
    ...(source.includes('\n...') || source.startsWith('...') ? bareStarts(lexemes) : []),
  ];
}

function tabs(lexemes: readonly Lexeme[]): readonly ModuleProblem[] {
  const problems: ModuleProblem[] = [];
  let before = '\n';
  for (const { text, offset } of lexemes) {
    if (/^[ \t]+$/.test(text)) {
      const at = text.indexOf('\t');
      if (at >= 0 && /^(?:[-:?,{[]|\r?\n)$/.test(before)) {
        const width = before === ':' || before === ',' ? 1 : 2;
        const spaces = text.replaceAll('\t', ' '.repeat(width));
        problems.push(
          moduleProblem('yaml-tab', 'error', 'A tab stands where only blanks may: write blanks instead.', {
            range: { from: offset + at, to: offset + text.length },
            moment: 'load',
            fix: { label: 'Replace the tab by blanks', edits: [textEdit(offset, offset + text.length, spaces)] },
          }),
        );
      }
      continue;
    }
    if (!/^[\u0002\u001f]$/.test(text)) {
      before = text.endsWith('\n') ? '\n' : text;
    }
  }
  return problems;
}

function escapes(lexemes: readonly Lexeme[]): readonly ModuleProblem[] {
  return lexemes.flatMap(({ text, offset }) => {
    if (!text.startsWith('"')) {
      return [];
    }
    const found = [...text.matchAll(/\\(?:\\|.|\r?\n)/gs)].filter(([escape]) => escape === '\\/');
    const first = found[0];
    if (first === undefined) {
      return [];
    }
    const at = offset + first.index;
    const edits = found.toReversed().map((match) => textEdit(offset + match.index, offset + match.index + 2, '/'));
    return [
      moduleProblem('yaml-escape', 'error', 'The loader does not know the escape \\/ : write / without the backslash.', {
        range: { from: at, to: at + 2 },
        moment: 'load',
        fix: { label: 'Write / instead of \\/', edits },
      }),
    ];
  });
}

function controls(source: string): readonly ModuleProblem[] {
  return [...source.matchAll(CONTROL)].slice(0, 20).map((match) => {
    const range = { from: match.index, to: match.index + 1 };
    const code = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return moduleProblem('yaml-control-character', 'error', `The control character U+${code} may not stand in YAML: remove it.`, {
      range,
      moment: 'load',
      fix: { label: 'Remove the character', edits: [textEdit(range.from, range.to, '')] },
    });
  });
}

/** A byte order mark is fine at the start; later it becomes part of the key behind it. */
function marks(source: string, lexemes: readonly Lexeme[]): readonly ModuleProblem[] {
  return lexemes.flatMap(({ text, offset }) => {
    if (offset === 0 || !text.startsWith('\ufeff') || source[offset] !== '\ufeff') {
      return [];
    }
    return [
      moduleProblem('yaml-byte-order-mark', 'error', 'An invisible byte order mark stands here and becomes part of the text: remove it.', {
        range: { from: offset, to: offset + 1 },
        moment: 'load',
        fix: { label: 'Remove the byte order mark', edits: [textEdit(offset, offset + 1, '')] },
      }),
    ];
  });
}

function directives(tokens: readonly CST.Token[]): readonly ModuleProblem[] {
  return tokens.flatMap((token) => {
    if (token.type !== 'directive' || !/^%YAML\s/.test(token.source) || /^%YAML\s+1\.\d+(?:\s|$)/.test(token.source)) {
      return [];
    }
    const range = { from: token.offset, to: token.offset + token.source.length };
    return [
      moduleProblem('yaml-directive', 'error', `The loader reads YAML 1.1 only: remove “${token.source}”.`, {
        range,
        moment: 'load',
        fix: { label: 'Write %YAML 1.1', edits: [textEdit(range.from, range.to, '%YAML 1.1')] },
      }),
    ];
  });
}

/** After `...` the next document must begin with `---`. */
function bareStarts(lexemes: readonly Lexeme[]): readonly ModuleProblem[] {
  const problems: ModuleProblem[] = [];
  let ended = false;
  for (const { text, offset } of lexemes) {
    if (text === '...') {
      ended = true;
    } else if (text === '---' || text.startsWith('%')) {
      ended = false;
    } else if (ended && text === '\u001f') {
      ended = false;
      problems.push(
        moduleProblem('yaml-document-start', 'error', 'After a line with ... the next component must begin with --- : add that line.', {
          range: { from: offset, to: offset + 1 },
          moment: 'load',
          fix: { label: 'Add ---', edits: [textEdit(offset, offset, '---\n')] },
        }),
      );
    }
  }
  return problems;
}
