/** The project's files as CommonJS modules: each runs once, when first required; cycles see what is exported so far. */
import type { ModuleTable } from '../wire.ts';
import { apply, arrayPush, createObject, freeze, hasOwn, NativeError, NativeSet, put, stringSlice } from './primordials.ts';
import { providedModule } from './provided-modules.ts';

/** `meta` is what `import.meta` was compiled to. */
interface Module {
  exports: unknown;
  readonly id: string;
  readonly filename: string;
  readonly meta: object;
}

export type ModuleBody = (require: (specifier: string) => unknown, module: Module, exports: unknown, ...probe: readonly object[]) => void;

/** Where the project seems to lie. */
const ROOT = '/project/';

export interface ModuleLoader {
  /** Runs the file if it has not run; gives its exports. Throws what the file throws, every time. */
  load(file: number): unknown;
  /** The file whose module code runs now, or -1. */
  current(): number;
  /** Files that have run to their end: what a file imports stands before it. */
  finished(): readonly number[];
}

type Loaded = { readonly module: Module; readonly failure: { readonly error: unknown } | null };

/** @param probe what instrumented code reports to; null for code as it is */
export function createModuleLoader(
  table: ModuleTable,
  bodies: readonly ModuleBody[],
  onLoading: (file: number) => void,
  probe: object | null,
): ModuleLoader {
  const loaded: (Loaded | undefined)[] = [];
  const indexOf = createObject(null) as Record<string, number>;
  table.files.forEach((file, index) => {
    indexOf[file.path] = index;
  });
  const imported = new NativeSet<string>(table.files.flatMap((entry) => Object.values(entry.imports)));
  const finished: number[] = [];
  const rest = probe === null ? [] : [probe];
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
      throw notFound(file, specifier);
    }
    return load(target);
  }

  function notFound(file: number, specifier: string): Error {
    const missing = table.files[file]?.missing;
    const why = missing !== undefined && hasOwn(missing, specifier) ? missing[specifier] : undefined;
    const error = new NativeError(
      `Cannot find module '${String(specifier)}': ${why ?? "it is not among the project's files, does not compile, or its name was put together when the code ran"}`,
    );
    put(error, 'code', 'MODULE_NOT_FOUND');
    return error;
  }

  /** A script beside functions/ that nothing imports is what the user's own `npm start` runs. */
  function isMain(file: number): boolean {
    const path = table.files[file]?.path ?? '';
    return !path.startsWith('functions/') && !path.startsWith('stubs/') && !imported.has(path);
  }

  function requireOf(file: number, module: Module): (specifier: string) => unknown {
    const required = (specifier: string): unknown => requireFrom(file, specifier);
    put(required, 'main', isMain(file) ? module : undefined);
    put(required, 'resolve', (specifier: string) => specifier);
    put(required, 'cache', createObject(null));
    return required;
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
    const path = `${ROOT}${table.files[file]?.path ?? ''}`;
    const meta = freeze({ url: `file://${path}`, filename: path, dirname: stringSlice(path, 0, path.lastIndexOf('/')) });
    const module: Module = { exports: {}, id: path, filename: path, meta };
    loaded[file] = { module, failure: null };
    const outer = running;
    running = file;
    onLoading(file);
    try {
      apply(body, module.exports, [requireOf(file, module), module, module.exports, ...rest]);
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
