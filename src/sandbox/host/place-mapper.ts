/** From places in compiled text, as the worker knows them, to places in the user's sources. */
import type { CodePlace } from '../../protocol/call.ts';
import { sourceColumn } from '../compile/column-map.ts';
import type { CodeBundle, CompiledFile } from '../sandbox-api.ts';
import type { ModuleTable } from '../wire.ts';
import type { RawPlace } from '../worker/call-record.ts';

export function mapPlace(bundle: CodeBundle, place: RawPlace | null): CodePlace | null {
  const file = place === null ? undefined : bundle.files[place.file];
  return place === null || file === undefined ? null : inFile(file, place.line, place.column);
}

export function mapStack(bundle: CodeBundle, stack: readonly RawPlace[]): CodePlace[] {
  return stack.map((place) => mapPlace(bundle, place)).filter((place) => place !== null);
}

/** Line and column of the assembled script to the user's file; null outside of all files. */
export function placeInScript(bundle: CodeBundle, table: ModuleTable, line: number, column: number): CodePlace | null {
  const index = table.files.findIndex((file) => line >= file.firstLine && line < file.firstLine + file.lines);
  const file = bundle.files[index];
  const entry = table.files[index];
  return file === undefined || entry === undefined ? null : inFile(file, line - entry.firstLine + 1, column);
}

/** The first place where a text stands in the file as a literal; else where it stands as a name. */
export function placeOfText(file: CompiledFile, text: string): CodePlace | null {
  const literal = [`'${text}'`, `"${text}"`, `\`${text}\``].map((quoted) => file.code.indexOf(quoted)).find((offset) => offset !== -1);
  const named =
    literal ??
    (/^[\w$]+$/.test(text) ? new RegExp(`(?<![\\w$])${text.replaceAll('$', '\\$')}(?![\\w$])`).exec(file.code)?.index : undefined);
  return named === undefined ? null : placeAtOffset(file, named);
}

export function placeAtOffset(file: CompiledFile, offset: number): CodePlace {
  const before = file.code.slice(0, offset);
  return inFile(file, before.split('\n').length, offset - before.lastIndexOf('\n'));
}

function inFile(file: CompiledFile, line: number, column: number): CodePlace {
  return { path: file.path, line, column: sourceColumn(file.mappings, line, column) };
}
