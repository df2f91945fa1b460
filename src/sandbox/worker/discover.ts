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
  const functions: RawFunction[] = [];
  const found: FoundFunction[] = [];
  const problems: RawProblem[] = [];
  const stubs: Stub[] = [];
  const seen = new NativeSet<unknown>();
  /** Files that define, or failed while they might have. */
  const fruitful = new NativeSet<number>();

  function add(value: unknown, file: number): void {
    const reading = readSpec(value);
    if (reading.type === 'none' || seen.has(value)) {
      return;
    }
    seen.add(value);
    fruitful.add(file);
    if (reading.type === 'bad') {
      for (const { message, near } of reading.faults) {
        arrayPush(problems, { code: 'bad-spec', message, file, place: null, near });
      }
      return;
    }
    const { typename } = reading.options;
    const earlier = functions.find((other) => other.typename === typename);
    if (earlier !== undefined) {
      const where = table.files[earlier.file]?.path ?? '';
      const message = `'${typename}' is already defined in ${where}; give one of them another typename.`;
      arrayPush(problems, { code: 'duplicate-typename', message, file, place: null, near: typename });
      return;
    }
    arrayPush(functions, { typename, file, states: reading.states });
    arrayPush(found, { options: reading.options, file });
  }

  onBind((options) => add(options, loader.current()));
  table.files.forEach((entry, file) => {
    let exported: unknown;
    try {
      exported = loader.load(file);
    } catch (error) {
      const { name, message } = describeThrown(error);
      fruitful.add(file);
      arrayPush(problems, { code: 'load-error', message: `${name}: ${message}`, file, place: placesOfError(error)[0] ?? null, near: null });
      return;
    }
    if (entry.role === 'stub') {
      const { stubs: listed, faults } = stubsOfModule(entry.path, exported);
      stubs.push(...listed);
      for (const message of faults) {
        arrayPush(problems, { code: 'bad-stub', message, file, place: null, near: null });
      }
      return;
    }
    for (const value of exportedValues(exported)) {
      add(value, file);
    }
  });
  onBind(() => undefined);
  const imported = new NativeSet<string>(table.files.flatMap((entry) => Object.values(entry.imports)));
  table.files.forEach((entry, file) => {
    if (entry.role === 'function' && !entry.empty && !fruitful.has(file) && !imported.has(entry.path)) {
      const message = 'This file defines no function and nothing imports it. Export a spec { typename, fn, specs }, as bind() takes it.';
      arrayPush(problems, { code: 'no-spec', message, file, place: null, near: null });
    }
  });
  for (const { path, rules } of table.rules) {
    for (const rule of rules) {
      stubs.push(stubOfRule(path, rule as StubRule));
    }
  }
  // By file, as rules within a file: a project's first fitting stub answers.
  stubs.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  return { report: { functions, problems }, functions: found, stubs };
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
