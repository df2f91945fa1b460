/**
 * From V8's stack frames to places in the user's files. The whole worker is one script: files are told apart by the line
 * range that each holds in it. `stack` texts name the user's files only, so that they are equal in every run and browser.
 */
import { arrayPush, defineProperty, errorToString, fix, NativeError, NativeWeakMap, weakMapGet, weakMapSet } from './primordials.ts';
import type { RawPlace } from './call-record.ts';

export interface FileLines {
  readonly path: string;
  /** Line of the script that is line 1 of the file. */
  readonly firstLine: number;
  readonly lines: number;
}

interface CallSite {
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
  getFunctionName(): string | null;
}

interface V8Error {
  stackTraceLimit: number;
  captureStackTrace(target: object, above?: unknown): void;
}

const STACK_LIMIT = 50;
const placesOf = new NativeWeakMap<object, readonly RawPlace[]>();
const v8 = NativeError as unknown as V8Error;
const capture = v8.captureStackTrace;
let files: readonly FileLines[] = [];

function locate(line: number, column: number): RawPlace | null {
  for (let index = 0; index < files.length; index += 1) {
    const file = files[index];
    if (file !== undefined && line >= file.firstLine && line < file.firstLine + file.lines) {
      return { file: index, line: line - file.firstLine + 1, column };
    }
  }
  return null;
}

function format(error: object, sites: readonly CallSite[]): string {
  const places: RawPlace[] = [];
  let text: string;
  try {
    text = errorToString(error);
  } catch {
    text = 'Error';
  }
  for (let index = 0; index < sites.length; index += 1) {
    const site = sites[index];
    const place = site === undefined ? null : locate(site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0);
    if (place !== null) {
      arrayPush(places, place);
      const name = site?.getFunctionName() ?? null;
      const at = `${files[place.file]?.path ?? ''}:${place.line}:${place.column}`;
      text += `\n    at ${name === null ? at : `${name} (${at})`}`;
    }
  }
  weakMapSet(placesOf, error, places);
  return text;
}

/** Takes the stack over for good. Must run before user code and after {@link setFiles}. */
export function installStacks(): void {
  defineProperty(NativeError, 'prepareStackTrace', {
    get: () => format,
    // Assigning is common in libraries; it has no effect here.
    set: () => undefined,
    configurable: false,
  });
  defineProperty(NativeError, 'stackTraceLimit', { value: STACK_LIMIT, writable: true, configurable: false, enumerable: true });
  fix(NativeError, 'captureStackTrace', capture);
}

export function setFiles(table: readonly FileLines[]): void {
  files = table;
}

/** User code may have set the limit; a call must not see what another one did. */
export function resetStackLimit(): void {
  if (v8.stackTraceLimit !== STACK_LIMIT) {
    try {
      v8.stackTraceLimit = STACK_LIMIT;
    } catch {
      // It was frozen by user code: stacks are as short as it wanted them.
    }
  }
}

/** Places of an error's frames in the user's files, innermost first. */
export function placesOfError(error: unknown): readonly RawPlace[] {
  if (typeof error !== 'object' || error === null) {
    return [];
  }
  try {
    const stack: unknown = (error as { stack?: unknown }).stack;
    return weakMapGet(placesOf, error) ?? parseStack(stack);
  } catch {
    return [];
  }
}

/** The user's line that called into the harness. */
export function currentPlace(): RawPlace | null {
  if (typeof capture !== 'function') {
    return parseStack(new NativeError('').stack)[0] ?? null;
  }
  const holder: { stack?: unknown } = {};
  capture(holder);
  void holder.stack;
  return weakMapGet(placesOf, holder)?.[0] ?? null;
}

/** Engines that do not have V8's interface give text: `…:line:column` at the end of each frame. */
function parseStack(stack: unknown): readonly RawPlace[] {
  const places: RawPlace[] = [];
  if (typeof stack === 'string') {
    for (const match of stack.matchAll(/:(\d+):(\d+)\)?$/gm)) {
      const place = locate(Number(match[1]), Number(match[2]));
      if (place !== null) {
        arrayPush(places, place);
      }
    }
  }
  return places;
}
