/**
 * Brings logpoints into compiled files. An expression speaks of the source: what it imports has other names in the compiled text. So it is
 * compiled at the end of its file, as the body of a function whose parameters are the names that its line sees, and taken from there.
 */
import { resolveImport } from '../../model/resolve-import.ts';
import { stripTypes } from '../compile/strip-types.ts';
import type { CodeBundle, CompiledFile } from '../sandbox-api.ts';
import { lineStarts } from './insertions.ts';
import { findSite, namesAround } from './logpoint-site.ts';
import type { LogpointSite } from './logpoint-site.ts';
import { readLogpoint } from './logpoint-text.ts';
import type { LogpointText } from './logpoint-text.ts';
import type { LogpointFault, LogpointSpec } from './observation.ts';
import { parseCompiled } from './parse-compiled.ts';
import type { ParsedFile } from './parse-compiled.ts';
import type { AnyNode } from './syntax-nodes.ts';
import { listAt, nodeAt } from './syntax-nodes.ts';

export interface PlacedLogpoint {
  readonly site: LogpointSite;
  /** JavaScript of a function without parameters that gives what to print: a list of texts and values where `joined`. */
  readonly thunk: string;
  readonly joined: boolean;
  /** Of the logpoint, one-based. */
  readonly line: number;
}

export interface FileWithLogpoints {
  readonly file: CompiledFile;
  readonly parsed: ParsedFile;
  readonly logpoints: readonly PlacedLogpoint[];
}

interface Wanted {
  readonly index: number;
  readonly line: number;
  readonly expression: string;
  readonly text: LogpointText;
  readonly names: readonly string[];
}

/** @param source the text that the file was compiled from */
export function placeLogpoints(
  bundle: CodeBundle,
  file: CompiledFile,
  source: string,
  logpoints: readonly (LogpointSpec & { readonly index: number })[],
  faults: LogpointFault[],
): FileWithLogpoints {
  const plain = parseCompiled(file.code);
  const wanted: Wanted[] = [];
  for (const { index, line, expression } of logpoints) {
    const text = readLogpoint(expression);
    const site = findSite(plain.program, plain.found, line, plain.lineAt, usedBy(expression));
    if (!text.ok) {
      faults.push({ logpoint: index, column: text.error.column, message: text.error.message });
    } else if (site === null) {
      const message = 'This line runs when the code is loaded, not in a call: put the logpoint on a line of a function.';
      faults.push({ logpoint: index, column: null, message });
    } else {
      wanted.push({ index, line, expression, text: text.value, names: namesAround(plain.program, offsetOf(site)) });
    }
  }
  if (wanted.length === 0) {
    return { file, parsed: plain, logpoints: [] };
  }
  const stripped = stripTypes(file.path, `${source}\n${wanted.map(appended).join('')}`);
  if (!stripped.ok) {
    faults.push(...wanted.map(({ index }) => ({ logpoint: index, column: 1, message: stripped.error.message })));
    return { file, parsed: plain, logpoints: [] };
  }
  const { code, mappings, requires } = stripped.value;
  const whole = parseCompiled(code);
  const thunks = listAt(whole.program, 'body')
    .filter(({ type }) => type !== 'EmptyStatement')
    .slice(-wanted.length);
  const end = (lineStarts(code)[lineStarts(source).length] ?? code.length + 1) - 1;
  const imports = { ...file.imports };
  const paths = new Set<string>(bundle.files.map(({ path }) => path));
  for (const { specifier } of requires) {
    const resolved = resolveImport(specifier, file.path, paths);
    if (resolved.type === 'provided') {
      imports[specifier] = resolved.name;
    } else if (resolved.type === 'file') {
      imports[specifier] = resolved.path;
    }
  }
  const own = code.slice(0, end);
  const parsed = parseCompiled(own);
  const placed = wanted.flatMap(({ line, expression, text }, position): PlacedLogpoint[] => {
    const site = findSite(parsed.program, parsed.found, line, parsed.lineAt, usedBy(expression));
    const values = valuesOf(code, thunks[position]);
    return site === null ? [] : [{ site, line, ...thunkOf(text, values) }];
  });
  return { file: { ...file, code: own, mappings, imports }, parsed, logpoints: placed };
}

/** By the text: one name too many only lets the logpoint print behind its line. */
function usedBy(expression: string): (name: string) => boolean {
  const words = new Set(expression.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
  return (name) => words.has(name);
}

function offsetOf(site: LogpointSite): number {
  return site.type === 'end' ? site.at : site.point.node.start;
}

function appended({ text, names }: Wanted): string {
  const expressions = text.parts.flatMap((part) => ('expression' in part ? [`(${part.expression})`] : []));
  return `;((${names.join()})=>[${expressions.join()}]);`;
}

/** The compiled expressions of an appended function. */
function valuesOf(code: string, statement: AnyNode | undefined): readonly string[] {
  const arrow = statement === undefined ? null : nodeAt(statement, 'expression');
  const list = arrow === null ? null : nodeAt(arrow, 'body');
  return list === null ? [] : listAt(list, 'elements').map(({ start, end }) => code.slice(start, end));
}

function thunkOf({ parts }: LogpointText, values: readonly string[]): { readonly thunk: string; readonly joined: boolean } {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined && 'expression' in first) {
    return { thunk: `()=>(${values[0] ?? 'undefined'})`, joined: false };
  }
  let next = 0;
  const items = parts.map((part) => {
    if ('text' in part) {
      return JSON.stringify(part.text);
    }
    next += 1;
    return `(${values[next - 1] ?? 'undefined'})`;
  });
  return { thunk: `()=>[${items.join()}]`, joined: true };
}
