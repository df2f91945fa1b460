/**
 * sucrase, with columns that hold behind empty pieces of templates (in front of a `${` that follows `` ` `` or `}`, or of a closing
 * backtick that does). Such a piece is a token without length, starts where the next token starts, and sucrase's search for
 * the column of each token in turn never gets beyond two with one start.
 *
 * So sucrase is given a text with one more character in each such place, which is taken out again of what it makes. The character
 * is a rare space that the text does not hold. It stands between tokens, in a template, a string, a regular expression or a
 * comment, and never in an escape: wherever `}` and a backtick meet otherwise it is a space among others, and changes nothing.
 *
 * One more stands in front of a token that the text begins with: behind what sucrase puts in front of the text, it would be left out of
 * the map, as its place in the source is that of what was put there.
 */
import { transform } from 'sucrase';
import { decodeColumns, encodeColumns } from './column-map.ts';
import type { MappedColumn } from './column-map.ts';

export interface TransformedText {
  readonly code: string;
  readonly mappings: string;
}

const MAYBE_EMPTY_PIECE = /(?<=[`}])(?=\$\{|`)/g;
/** A first token that keeps its text, or may. */
const TOKEN_AT_START = /^(?!import\b|export\b|\/[/*]|\s)/;
/** Spaces to the language and to sucrase, and nothing that one types. */
const FILLERS = [...'\u2005\u2004\u2006\u2008\u2001\u2000\u2002\u2003\u2007\u2009\u200a\u205f\u1680\u202f\u3000'];

/** Throws what sucrase throws, with places of this text. */
export function transformSource(path: string, text: string): TransformedText {
  const filler = FILLERS.find((space) => !text.includes(space));
  const filled = filler === undefined ? text : text.replace(MAYBE_EMPTY_PIECE, filler).replace(TOKEN_AT_START, filler);
  if (filler === undefined || filled === text) {
    return transformed(path, text);
  }
  let draft: TransformedText;
  try {
    draft = transformed(path, filled);
  } catch {
    // The same again, to be placed where it is without fillers.
    return transformed(path, text);
  }
  const mappings = withoutFillers(draft.mappings, columnsOf(filler, draft.code), columnsOf(filler, filled));
  return { code: draft.code.replaceAll(filler, ''), mappings };
}

function transformed(path: string, text: string): TransformedText {
  const isTypeScript = /\.[cm]?ts$/.test(path);
  const { code, sourceMap } = transform(text, {
    transforms: isTypeScript ? ['typescript', 'imports'] : ['imports'],
    disableESTransforms: true,
    filePath: path,
    sourceMapOptions: { compiledFilename: `${path}.js` },
  });
  return { code, mappings: String(sourceMap?.mappings ?? '') };
}

type ColumnsOfLines = ReadonlyMap<number, readonly number[]>;

/** Where a character stands, by zero-based line; lines as source maps count them. */
function columnsOf(character: string, text: string): ColumnsOfLines {
  const found = new Map<number, readonly number[]>();
  text.split('\n').forEach((line, index) => {
    if (line.includes(character)) {
      found.set(
        index,
        Array.from(line.matchAll(new RegExp(character, 'g')), (match) => match.index),
      );
    }
  });
  return found;
}

function withoutFillers(mappings: string, inCode: ColumnsOfLines, inSource: ColumnsOfLines): string {
  return encodeColumns(
    decodeColumns(mappings).map((columns, line) => {
      const sources = inSource.get(line);
      return sources === undefined ? columns : movedBack(columns, inCode.get(line) ?? [], sources);
    }),
  );
}

function movedBack(columns: readonly MappedColumn[], inCode: readonly number[], inSource: readonly number[]): readonly MappedColumn[] {
  const moved: MappedColumn[] = [];
  for (const { generated, source } of columns) {
    const column = { generated: generated - countBelow(inCode, generated), source: source - countBelow(inSource, source) };
    // What follows an empty piece stands where the piece does again.
    if (moved.at(-1)?.generated !== column.generated) {
      moved.push(column);
    }
  }
  return moved;
}

function countBelow(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? Infinity) < limit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
