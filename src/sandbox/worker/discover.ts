/** Runs the project's modules and finds its functions: specs that a file exports, and those it binds to a StateFun of its own. */
import type { ModuleTable, RawFunction, RawProblem, RawReport } from '../wire.ts';
import { describeThrown } from './describe-thrown.ts';
import { readSpec } from './function-spec.ts';
import { createModuleLoader } from './modules.ts';
import type { ModuleBody } from './modules.ts';
import { arrayPush, getOwnPropertyDescriptor, isArray, NativeSet, ownKeys } from './primordials.ts';
import { onBind } from './sdk.ts';
import type { BindOptions } from './sdk.ts';
import type { RawPlace } from './call-record.ts';
import { currentPlace, placesOfError } from './stack-places.ts';
import { stubOfRule } from './stub-answer.ts';
import type { Stub } from './stub-answer.ts';
import type { StubRule } from '../../model/stub-rule.ts';
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

export function discover(
  table: ModuleTable,
  bodies: readonly ModuleBody[],
  onLoading: (file: number) => void,
  probe: object | null,
): Discovery {
  const loader = createModuleLoader(table, bodies, onLoading, probe);
  const problems: RawProblem[] = [];
  const failed = new NativeSet<number>();
  const binds: { readonly options: unknown; readonly file: number; readonly place: RawPlace | null }[] = [];
  onBind((options) => arrayPush(binds, { options, file: loader.current(), place: currentPlace() }));
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
  const imported = new NativeSet<string>(table.files.flatMap((entry) => Object.values(entry.imports)));
  // A file that defines comes before one that imports, and an export before a bind: each function is named with the file that holds it.
  for (const file of loader.finished()) {
    const exported = loader.load(file);
    if (table.files[file]?.role === 'stub') {
      const { stubs: listed, faults } = stubsOfModule(table.files[file].path, exported);
      stubs.push(...listed);
      for (const { message, near, none } of faults) {
        if (!(none && imported.has(table.files[file].path))) {
          arrayPush(problems, { code: 'bad-stub', message, file, place: null, near });
        }
      }
    } else {
      const entry = table.files[file];
      const isForNobody = entry !== undefined && entry.path.startsWith('functions/') && !imported.has(entry.path);
      for (const { value, name } of exportedValues(exported)) {
        functions.add(value, file, name, null, isForNobody && hasOnlyFn(value));
      }
    }
  }
  for (const { options, file, place } of binds) {
    functions.add(options, file, null, place, true);
  }
  problems.push(...idleFiles(table, imported, (file) => failed.has(file) || functions.named.has(file)));
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

  /**
   * `name`: under which it is exported, `place`: where it is bound; for pointing at what has no literal of its own.
   * `isMeant`: it is bound, or no other file can take it for anything but a spec.
   */
  add(value: unknown, file: number, name: string | null, place: RawPlace | null, isMeant: boolean): void {
    const reading = readSpec(value, isMeant);
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
        arrayPush(this.#problems, { code: 'bad-spec', message, file, place: near === null ? place : null, near: near ?? name });
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

/** A spec that lacks its typename, or calls it something else; not an object, or a module, that has a function of this name among others. */
function hasOnlyFn(value: unknown): boolean {
  try {
    return (
      typeof value === 'object' &&
      value !== null &&
      ownKeys(value).every((key) => key === 'fn' || key === 'typeName' || key === 'type_name')
    );
  } catch {
    return false;
  }
}

function stubsOfRules(table: ModuleTable): Stub[] {
  return table.rules.flatMap(({ path, rules }) => rules.map((rule) => stubOfRule(path, rule as StubRule)));
}

/** Function files with code that neither define anything nor are imported. */
function idleFiles(table: ModuleTable, imported: ReadonlySet<string>, counts: (file: number) => boolean): RawProblem[] {
  const message = 'This file defines no function and nothing imports it. Export a spec { typename, fn, specs }, as bind() takes it.';
  return table.files.flatMap((entry, file): RawProblem[] =>
    entry.role === 'function' && entry.path.startsWith('functions/') && !entry.empty && !counts(file) && !imported.has(entry.path)
      ? [{ code: 'no-spec', message, file, place: null, near: null }]
      : [],
  );
}

/** The values of a module's exports, and the items of those that are lists. A value that cannot be read is left out. */
function exportedValues(exported: unknown): readonly ExportedValue[] {
  const values: ExportedValue[] = [{ value: exported, name: 'exports' }];
  if ((typeof exported !== 'object' && typeof exported !== 'function') || exported === null) {
    return values;
  }
  try {
    for (const key of ownKeys(exported)) {
      const property = getOwnPropertyDescriptor(exported, key);
      const name = typeof key === 'string' ? key : null;
      try {
        const value: unknown = property?.get === undefined ? property?.value : property.get.call(exported);
        arrayPush(values, { value, name });
        if (isArray(value)) {
          values.push(...(value as unknown[]).map((item) => ({ value: item, name })));
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

interface ExportedValue {
  readonly value: unknown;
  readonly name: string | null;
}
