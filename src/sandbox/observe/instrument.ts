/**
 * Makes code that reports what it does. Pieces are put into the compiled text, on the line they speak of: a count in front of each
 * statement of a function, the value of each `if` and `switch`, logpoints. The order of evaluation, the promises and the results of the
 * code stay as they are.
 */
import type { CodePlace } from '../../protocol/call.ts';
import { decodeColumns } from '../compile/column-map.ts';
import type { CodeBundle, CompiledFile } from '../sandbox-api.ts';
import type { StatementPoint } from './find-points.ts';
import { insertAll, lineStarts } from './insertions.ts';
import type { Insertion } from './insertions.ts';
import { pointsOfLines } from './line-coverage.ts';
import type { LogpointFault, LogpointSpec } from './observation.ts';
import { parseCompiled } from './parse-compiled.ts';
import { placeLogpoints } from './place-logpoints.ts';
import type { FileWithLogpoints } from './place-logpoints.ts';

/** What a point number stands for. */
export type Point = { readonly type: 'statement' } | { readonly type: 'branch' | 'logpoint'; readonly place: CodePlace };

export interface LinesOfFile {
  readonly path: CompiledFile['path'];
  /** The points that stand for each line. */
  readonly lines: ReadonlyMap<number, readonly number[]>;
}

export interface InstrumentedCode {
  /** With the hash of the code it was made of. */
  readonly bundle: CodeBundle;
  readonly points: readonly Point[];
  readonly files: readonly LinesOfFile[];
  readonly faults: readonly LogpointFault[];
}

/** A bundled library of this length is run as it is: nobody watches its lines, and every call would pay. */
export const LONGEST_WATCHED = 300_000;

export function instrument(
  bundle: CodeBundle,
  sources: readonly (readonly [path: string, text: string])[],
  logpoints: readonly LogpointSpec[],
): InstrumentedCode {
  const texts = new Map(sources);
  const faults: LogpointFault[] = [];
  const prepared = bundle.files.map((file): FileWithLogpoints | CompiledFile => {
    const own = logpoints.flatMap((logpoint, index) => (logpoint.path === file.path ? [{ ...logpoint, index }] : []));
    const source = texts.get(file.path);
    if (file.code.length > LONGEST_WATCHED) {
      faults.push(...own.map(({ index }) => ({ logpoint: index, column: null, message: 'This file is too long to be watched.' })));
      return file;
    }
    return own.length === 0 || source === undefined
      ? { file, parsed: parseCompiled(file.code), logpoints: [] }
      : placeLogpoints(bundle, file, source, own, faults);
  });
  faults.push(...strays(bundle, texts, logpoints));
  const probe = freeName(bundle.files.map(({ code }) => code));
  const points: Point[] = [];
  const lines: LinesOfFile[] = [];
  const files = prepared.map((each) => {
    if (!('parsed' in each)) {
      return each;
    }
    const { file, parsed } = each;
    const { insertions, statements } = watch(each, probe, points);
    if (file.role === 'function') {
      lines.push({ path: file.path, lines: pointsOfLines(statements, parsed.withCode, parsed.lineAt) });
    }
    return { ...file, ...insertAll(file, insertions) };
  });
  return {
    bundle: { ...bundle, files, probe: { name: probe, points: points.length } },
    points,
    files: lines,
    faults: faults.toSorted((a, b) => a.logpoint - b.logpoint),
  };
}

interface Watched {
  readonly insertions: readonly Insertion[];
  readonly statements: readonly (StatementPoint & { readonly index: number })[];
}

/** Numbers the points of a file, behind those there are, and says what to put in for them. */
function watch({ file, parsed, logpoints }: FileWithLogpoints, probe: string, points: Point[]): Watched {
  const insertions: Insertion[] = [];
  const closings: Insertion[] = [];
  const statements: (StatementPoint & { readonly index: number })[] = [];
  const placeOf = placer(file);
  const open = (at: number, text: string): number => insertions.push({ at, text, closes: false });
  const close = (at: number, text: string): number => closings.push({ at, text, closes: true });
  for (const point of parsed.found.points) {
    const index = points.length;
    if (point.type === 'branch') {
      points.push({ type: 'branch', place: placeOf(point.node.start) });
      open(point.test.start, `${probe}.b(${index},(`);
      close(point.test.end, '))');
      continue;
    }
    points.push({ type: 'statement' });
    statements.push({ ...point, index });
    const { node, place } = point;
    const separator = place === 'expression' ? ',' : ';';
    const before = place === 'expression' ? '(' : place === 'braces' ? '{' : '';
    open(node.start, `${before}${probe}.s(${index})${separator}`);
    for (const logpoint of logpoints) {
      if (logpoint.site.type === 'statement' && logpoint.site.point.node === node) {
        open(node.start, `${logpointCall(logpoint, probe, file, points)}${separator}`);
      }
    }
    if (place !== 'list') {
      close(node.end, place === 'expression' ? ')' : '}');
    }
  }
  for (const logpoint of logpoints) {
    if (logpoint.site.type === 'end') {
      open(logpoint.site.at, `;${logpointCall(logpoint, probe, file, points)};`);
    }
  }
  // Of two that end at one place the inner one was found later, and is closed first.
  return { insertions: [...insertions, ...closings.toReversed()], statements };
}

function logpointCall(
  { line, joined, thunk }: FileWithLogpoints['logpoints'][number],
  probe: string,
  file: CompiledFile,
  points: Point[],
): string {
  points.push({ type: 'logpoint', place: { path: file.path, line, column: 1 } });
  return `${probe}.${joined ? 't' : 'l'}(${points.length - 1},${thunk})`;
}

/** From offsets in the compiled text to places in the source, decoding the file's table once. */
export function placer(file: CompiledFile): (offset: number) => CodePlace {
  const starts = lineStarts(file.code);
  const columns = decodeColumns(file.mappings);
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    const column = offset - (starts[line] ?? 0);
    const token = columns[line]?.findLast(({ generated }) => generated <= column);
    return { path: file.path, line: line + 1, column: (token === undefined ? column : token.source + column - token.generated) + 1 };
  };
}

/** A name that no file can mean: its text stands in none of them. */
export function freeName(codes: readonly string[]): string {
  let name = '$probe';
  while (codes.some((code) => code.includes(name))) {
    name += '_';
  }
  return name;
}

function strays(bundle: CodeBundle, texts: ReadonlyMap<string, string>, logpoints: readonly LogpointSpec[]): readonly LogpointFault[] {
  const known = new Set<string>(bundle.files.map(({ path }) => path));
  return logpoints.flatMap(({ path }, logpoint) =>
    known.has(path)
      ? []
      : [
          {
            logpoint,
            column: null,
            message: texts.has(path) ? `${path} does not compile.` : `The code that is observed has no file ${path}.`,
          },
        ],
  );
}
