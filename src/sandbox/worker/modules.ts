/** The project's files as CommonJS modules: each runs once, when first required; cycles see what is exported so far. */
import type { ModuleTable } from '../wire.ts';
import { apply, arrayPush, createObject, hasOwn, NativeError } from './primordials.ts';
import { providedModule } from './provided-modules.ts';

export type ModuleBody = (require: (specifier: string) => unknown, module: { exports: unknown }, exports: unknown) => void;

export interface ModuleLoader {
  /** Runs the file if it has not run; gives its exports. Throws what the file throws, every time. */
  load(file: number): unknown;
  /** The file whose module code runs now, or -1. */
  current(): number;
  /** Files that have run to their end: what a file imports stands before it. */
  finished(): readonly number[];
}

type Loaded = { readonly module: { exports: unknown }; readonly failure: { readonly error: unknown } | null };

export function createModuleLoader(table: ModuleTable, bodies: readonly ModuleBody[], onLoading: (file: number) => void): ModuleLoader {
  const loaded: (Loaded | undefined)[] = [];
  const indexOf = createObject(null) as Record<string, number>;
  table.files.forEach((file, index) => {
    indexOf[file.path] = index;
  });
  const finished: number[] = [];
  let running = -1;

  function requireFrom(file: number, specifier: string): unknown {
    const imports = table.files[file]?.imports;
    const name = imports !== undefined && hasOwn(imports, specifier) ? imports[specifier] : undefined;
    const provided = name === undefined ? null : providedModule(name);
    if (provided !== null) {
      return provided;
    }
    const target = name === undefined ? undefined : indexOf[name];
    if (target === undefined) {
      throw new NativeError(`Cannot find module '${String(specifier)}': it is not among the project's files, or does not compile`);
    }
    return load(target);
  }

  function load(file: number): unknown {
    const known = loaded[file];
    if (known !== undefined) {
      if (known.failure !== null) {
        throw known.failure.error;
      }
      return known.module.exports;
    }
    const body = bodies[file];
    if (body === undefined) {
      throw new NativeError('no such module');
    }
    const module: { exports: unknown } = { exports: {} };
    loaded[file] = { module, failure: null };
    const outer = running;
    running = file;
    onLoading(file);
    try {
      apply(body, undefined, [(specifier: string) => requireFrom(file, specifier), module, module.exports]);
    } catch (error) {
      loaded[file] = { module, failure: { error } };
      throw error;
    } finally {
      running = outer;
    }
    arrayPush(finished, file);
    return module.exports;
  }

  return { load, current: () => running, finished: () => finished };
}
