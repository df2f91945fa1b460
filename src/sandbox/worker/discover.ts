/** Runs the project's modules and finds its functions: specs that a file exports, and those it binds to a StateFun of its own. */
import type { ModuleTable, RawFunction, RawProblem, RawReport } from '../wire.ts';
import { describeThrown } from './describe-thrown.ts';
import { readSpec } from './function-spec.ts';
import { createModuleLoader } from './modules.ts';
import type { ModuleBody } from './modules.ts';
import { arrayPush, getOwnPropertyDescriptor, isArray, NativeSet, ownKeys } from './primordials.ts';
import { onBind } from './sdk.ts';
import type { BindOptions } from './sdk.ts';
import { placesOfError } from './stack-places.ts';
import { stubOfRule } from './stub-answer.ts';
import type { Stub } from './stub-answer.ts';
import type { StubRule } from '../stub-rule.ts';
import { stubsOfModule } from './user-stub.ts';

export interface FoundFunction {
  readonly options: BindOptions;
  readonly file: number;
}

export interface Discovery {
  readonly report: RawReport;
  /** In the order of `report.functions`. */
  readonly functions: readonly FoundFunction[];
  readonly stubs: readonly Stub[];
}

export function discover(table: ModuleTable, bodies: readonly ModuleBody[], onLoading: (file: number) => void): Discovery {
  const loader = createModuleLoader(table, bodies, onLoading);
  const problems: RawProblem[] = [];
  const failed = new NativeSet<number>();
  const binds: { readonly options: unknown; readonly file: number }[] = [];
  onBind((options) => arrayPush(binds, { options, file: loader.current() }));
  table.files.forEach((_entry, file) => {
    try {
      loader.load(file);
    } catch (error) {
      const { name, message } = describeThrown(error);
      failed.add(file);
      arrayPush(problems, { code: 'load-error', message: `${name}: ${message}`, file, place: placesOfError(error)[0] ?? null, near: null });
    }
  });
  onBind(() => undefined);

  const functions = new FunctionList(table, problems);
  const stubs = stubsOfRules(table);
  // A file that defines comes before one that imports, and an export before a bind: each function is named with the file that holds it.
  for (const file of loader.finished()) {
    const exported = loader.load(file);
    if (table.files[file]?.role === 'stub') {
      const { stubs: listed, faults } = stubsOfModule(table.files[file].path, exported);
      stubs.push(...listed);
      for (const message of faults) {
        arrayPush(problems, { code: 'bad-stub', message, file, place: null, near: null });
      }
    } else {
      for (const value of exportedValues(exported)) {
        functions.add(value, file);
      }
    }
  }
  for (const { options, file } of binds) {
    functions.add(options, file);
  }
  problems.push(...idleFiles(table, (file) => failed.has(file) || functions.named.has(file)));
  problems.sort((a, b) => a.file - b.file);
  // By file, as rules within a file: a project's first fitting stub answers.
  stubs.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  const found = functions.found.sort((a, b) => a.raw.file - b.raw.file);
  return {
    report: { functions: found.map(({ raw }) => raw), problems },
    functions: found.map(({ raw, options }) => ({ options, file: raw.file })),
    stubs,
  };
}

/** Functions by typename; what is wrong with specs goes to `problems`. */
class FunctionList {
  readonly found: { readonly raw: RawFunction; readonly options: BindOptions }[] = [];
  /** Files that define functions, or try to. */
  readonly named = new NativeSet<number>();
  readonly #seen = new NativeSet<unknown>();
  readonly #table: ModuleTable;
  readonly #problems: RawProblem[];

  constructor(table: ModuleTable, problems: RawProblem[]) {
    this.#table = table;
    this.#problems = problems;
  }

  add(value: unknown, file: number): void {
    const reading = readSpec(value);
    if (reading.type === 'none') {
      return;
    }
    this.named.add(file);
    if (this.#seen.has(value)) {
      return;
    }
    this.#seen.add(value);
    if (reading.type === 'bad') {
      for (const { message, near } of reading.faults) {
        arrayPush(this.#problems, { code: 'bad-spec', message, file, place: null, near });
      }
      return;
    }
    const { options, states } = reading;
    const { typename } = options;
    const earlier = this.found.find(({ raw }) => raw.typename === typename);
    if (earlier !== undefined) {
      const where = this.#table.files[earlier.raw.file]?.path ?? '';
      const message = `'${typename}' is already defined in ${where}; give one of them another typename.`;
      arrayPush(this.#problems, { code: 'duplicate-typename', message, file, place: null, near: typename });
      return;
    }
    arrayPush(this.found, { raw: { typename, file, states }, options });
  }
}

function stubsOfRules(table: ModuleTable): Stub[] {
  return table.rules.flatMap(({ path, rules }) => rules.map((rule) => stubOfRule(path, rule as StubRule)));
}

/** Function files with code that neither define anything nor are imported. */
function idleFiles(table: ModuleTable, counts: (file: number) => boolean): RawProblem[] {
  const imported = new NativeSet<string>(table.files.flatMap((entry) => Object.values(entry.imports)));
  const message = 'This file defines no function and nothing imports it. Export a spec { typename, fn, specs }, as bind() takes it.';
  return table.files.flatMap((entry, file): RawProblem[] =>
    entry.role === 'function' && !entry.empty && !counts(file) && !imported.has(entry.path)
      ? [{ code: 'no-spec', message, file, place: null, near: null }]
      : [],
  );
}

/** The values of a module's exports, and the items of those that are lists. A value that cannot be read is left out. */
function exportedValues(exported: unknown): unknown[] {
  const values: unknown[] = [exported];
  if ((typeof exported !== 'object' && typeof exported !== 'function') || exported === null) {
    return values;
  }
  try {
    for (const key of ownKeys(exported)) {
      const property = getOwnPropertyDescriptor(exported, key);
      try {
        const value: unknown = property?.get === undefined ? property?.value : property.get.call(exported);
        arrayPush(values, value);
        if (isArray(value)) {
          values.push(...(value as unknown[]));
        }
      } catch {
        // An export whose getter throws defines nothing.
      }
    }
  } catch {
    // A proxy that refuses to be read defines nothing.
  }
  return values;
}
