/**
 * Reads user code without running it: which functions it defines, their states, and what they may send. Tolerates code
 * that does not parse. Says nothing where it is not sure.
 */
import { typename, type FilePath, type Typename } from '../base/ids.ts';
import type { CodeFacts, SendFact } from '../model/code-facts.ts';
import { functionNode } from '../model/graph-ids.ts';
import type { Problem } from '../model/problem.ts';
import { isFunctionFile } from '../model/project.ts';
import { resolveFile } from './declaration-lookup.ts';
import { readFile, stillHolds, type FileReading, type SpecReading } from './file-reading.ts';
import type { RawFunction } from './function-facts.ts';
import type { FoundSend } from './function-walk.ts';
import { importPlaces } from './import-places.ts';
import type { CodeProblemCode } from './problem-codes.ts';
import { parseSource, type SourceFile } from './source-file.ts';
import { isTypename } from './typename-text.ts';

/** What was read of each file, kept from one analysis to the next; what a change does not touch is not read again. */
export type AnalysisCache = Map<FilePath, { readonly source: SourceFile; readonly reading: FileReading }>;

/** `files`: the texts of all function files by path. `cache` is brought up to date with them. */
export function analyseCode(files: ReadonlyMap<FilePath, string>, cache: AnalysisCache = new Map()): CodeFacts {
  const { specs, alone } = readSpecs(files, cache);
  const problems: Problem<CodeProblemCode>[] = [...alone];
  const functions: RawFunction[] = [];
  for (const { read, problems: own } of specs) {
    problems.push(...own);
    if (read === null) {
      continue;
    }
    const first = functions.find((other) => other.fact.typename === read.fact.typename);
    if (first === undefined) {
      functions.push(read);
    } else {
      problems.push({
        code: 'duplicate-typename',
        severity: 'error',
        message: `${read.fact.typename} is already defined in ${first.fact.path}; give this function another typename.`,
        path: read.fact.path,
        range: read.typenameRange,
        node: functionNode(read.fact.typename),
      });
    }
  }
  const senders = callersOf(functions);
  return {
    functions: functions.map((raw) => ({ ...raw.fact, sends: raw.sends.flatMap((send) => sendFacts(send, raw.fact.typename, senders)) })),
    problems: onceEach(problems),
  };
}

/** Two functions may run the same code. */
function onceEach(problems: readonly Problem<CodeProblemCode>[]): readonly Problem<CodeProblemCode>[] {
  return [
    ...new Map(
      problems.toReversed().map((problem) => [`${problem.code}:${problem.path}:${problem.range?.from}:${problem.message}`, problem]),
    ).values(),
  ].toReversed();
}

interface Readings {
  readonly specs: readonly SpecReading[];
  readonly alone: readonly Problem<CodeProblemCode>[];
}

/** The specs of all files in the order of paths and of places; each once, however often it is exported. */
function readSpecs(files: ReadonlyMap<FilePath, string>, cache: AnalysisCache): Readings {
  const sources = new Map<FilePath, SourceFile>();
  for (const path of [...files.keys()].toSorted()) {
    const text = files.get(path) ?? '';
    const known = cache.get(path)?.source;
    sources.set(path, known?.text === text ? known : parseSource(path, text, known ?? null));
  }
  const specs = new Map<string, SpecReading>();
  const alone: Problem<CodeProblemCode>[] = [];
  for (const [path, source] of sources) {
    const known = cache.get(path);
    const isGood = known?.source === source && stillHolds(known.reading, sources);
    const reading = isGood ? known.reading : readFile(sources, source);
    cache.set(path, { source, reading });
    reading.specs.forEach((spec) => specs.set(spec.key, spec));
    alone.push(...reading.alone);
  }
  for (const path of cache.keys()) {
    if (!files.has(path)) {
      cache.delete(path);
    }
  }
  return {
    specs: [...specs.values()].sort((a, b) => (a.path === b.path ? a.from - b.from : a.path < b.path ? -1 : 1)),
    alone: alone.length === 0 ? alone : withoutImported(alone, sources),
  };
}

function withoutImported(alone: Readings['alone'], sources: ReadonlyMap<FilePath, SourceFile>): Readings['alone'] {
  const imported = new Set(
    [...sources].flatMap(([path, source]) => importPlaces(source).map(({ specifier }) => resolveFile(sources, path, specifier)?.path)),
  );
  return alone.filter(({ path }) => path !== undefined && isFunctionFile(path) && !imported.has(path));
}

/** For each function the functions that may send to it, replies to callers included. */
function callersOf(functions: readonly RawFunction[]): ReadonlyMap<Typename, ReadonlySet<Typename>> {
  const callers = new Map<Typename, Set<Typename>>();
  const add = (to: Typename, from: Typename): boolean => {
    const set = callers.get(to) ?? new Set();
    const isNew = !set.has(from);
    callers.set(to, set.add(from));
    return isNew;
  };
  let changed = true;
  while (changed) {
    changed = false;
    for (const { fact, sends } of functions) {
      for (const send of sends) {
        for (const to of send.target === 'function' ? targetsOf(send, fact.typename, callers) : []) {
          changed = add(to, fact.typename) || changed;
        }
      }
    }
  }
  return callers;
}

function targetsOf(send: FoundSend, self: Typename, callers: ReadonlyMap<Typename, ReadonlySet<Typename>>): readonly Typename[] {
  switch (send.to.type) {
    case 'typename':
      return isTypename(send.to.text) ? [typename(send.to.text)] : [];
    case 'self':
      return [self];
    case 'caller':
      // A function that answers its caller is not meant to answer itself, though its own timers make it one.
      return [...(callers.get(self) ?? [])].filter((caller) => caller !== self);
  }
}

function sendFacts(send: FoundSend, self: Typename, callers: ReadonlyMap<Typename, ReadonlySet<Typename>>): readonly SendFact[] {
  const { target, delayed, delayMillis, range, valueTypes, topics } = send;
  const reply = send.to.type === 'caller';
  const record = target === 'egress' ? { topics } : {};
  return targetsOf(send, self, callers).map((to) => ({ to, target, delayed, delayMillis, range, reply, valueTypes, ...record }));
}
