/** Where the code exports the type of a value, so that other code can import it. */
import type { FilePath } from '../base/ids.ts';
import { declarationsOf, parseSource } from './source-file.ts';
import { argumentsOf, stringValue } from './syntax.ts';

export interface ExportedType {
  readonly path: FilePath;
  /** What it is exported as. */
  readonly name: string;
}

/** The first exported `const X = StateFun.jsonType(…)`, or its like, for each of the typenames; in the order of paths. */
export function exportedTypes(code: ReadonlyMap<FilePath, string>, typenames: ReadonlySet<string>): ReadonlyMap<string, ExportedType> {
  const found = new Map<string, ExportedType>();
  for (const path of [...code.keys()].toSorted()) {
    const text = code.get(path) ?? '';
    if (![...typenames].some((typename) => text.includes(typename))) {
      continue;
    }
    const file = parseSource(path, text);
    const declarations = declarationsOf(file, file.tree.topNode);
    for (const [name, binding] of file.exports) {
      const declared = binding.type === 'local' ? declarations.get(binding.name) : undefined;
      const call = declared?.type === 'value' && declared.node.name === 'CallExpression' ? declared.node : null;
      const callee = call?.firstChild ?? null;
      const argument = call === null ? undefined : argumentsOf(call)[0];
      if (
        callee === null ||
        argument?.name !== 'String' ||
        !/\.(jsonType|protoType|customType)\b/.test(text.slice(callee.from, callee.to))
      ) {
        continue;
      }
      const typename = stringValue(text.slice(argument.from, argument.to));
      if (typename !== null && typenames.has(typename) && !found.has(typename)) {
        found.set(typename, { path, name });
      }
    }
  }
  return found;
}
