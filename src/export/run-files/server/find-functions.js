/** Made by the export of StateFun Studio. Every spec {typename, specs, fn} that a file exports, alone or in a list, or binds. */
import { binds } from './binds.js';
import { functionFiles } from './project.js';

/** @returns the specs, or the sentence that says which two are in each other's way */
export function findFunctions() {
  const found = new Map();
  const seen = new Set();
  let clash = null;
  const add = (value, path) => {
    if (!isSpec(value) || seen.has(value)) {
      return;
    }
    seen.add(value);
    const earlier = found.get(value.typename);
    if (earlier !== undefined) {
      clash ??= `${path}: '${value.typename}' is already defined in ${earlier.path}; give one of them another typename.`;
      return;
    }
    found.set(value.typename, { spec: value, path });
  };
  for (const { path, exports } of functionFiles) {
    for (const value of [exports, ...Object.values(exports)]) {
      for (const item of Array.isArray(value) ? value : [value]) {
        add(item, path);
      }
    }
  }
  for (const spec of binds) {
    add(spec, 'a file that binds it');
  }
  return { clash, specs: [...found.values()].map(({ spec }) => spec) };
}

function isSpec(value) {
  return value !== null && typeof value === 'object' && typeof value.fn === 'function' && typeof value.typename === 'string';
}
