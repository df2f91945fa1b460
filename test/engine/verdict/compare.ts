/** One file judged twice: by the real loader, and by this project. */
import type { JsonValue } from '../../../src/base/json.ts';
import { moduleVerdict } from '../../../src/module-yaml/verdict.ts';
import type { LoaderAnswer } from './real-loader.ts';

/** What differs, as text; null where both agree. */
export function difference(text: string, real: LoaderAnswer): string | null {
  const ours = moduleVerdict(text);
  const said = `${ours.load} ${String(ours.start)} ${String(ours.call)}`;
  const wanted = `${real.load} ${String(real.start)} ${String(real.call)}`;
  if (said !== wanted) {
    const problems = ours.problems
      .filter(({ severity }) => severity === 'error')
      .map(({ code, line, message }) => `${line}: ${code}: ${message}`);
    return `real: ${wanted} (${real.error ?? 'no error'})\nours: ${said}\n${problems.join('\n')}`;
  }
  const [mine, theirs] = [lines(JSON.parse(JSON.stringify(ours.components)) as readonly JsonValue[]), lines(real.components)];
  return mine.join('\n') === theirs.join('\n')
    ? null
    : `components differ\nreal: ${theirs.join('\n      ')}\nours: ${mine.join('\n      ')}`;
}

/** Each component in one line; their order in the file is nothing to the loader. */
function lines(components: readonly JsonValue[]): readonly string[] {
  return components.map((component) => JSON.stringify(sorted(component))).toSorted();
}

/** With keys and components in one order. */
export function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
    return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
  return value;
}
