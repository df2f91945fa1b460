/**
 * The verdicts of the real loader in a file that fits a repository: texts as line edits of the seeds, components in a table.
 */
import { SEEDS } from './seeds.ts';
import { sorted } from './compare.ts';
import type { LoaderAnswer, LoaderFile, LoaderVerdict } from './real-loader.ts';

const LONGEST_ERROR = 120;

export interface GoldenCase extends LoaderVerdict, LoaderFile {
  /** The real loader's own words. */
  readonly error: string | null;
}

export interface GoldenFile {
  readonly made: string;
  readonly seeds: Readonly<Record<string, string>>;
  readonly components: readonly string[];
  readonly cases: readonly PackedCase[];
}

interface PackedCase {
  readonly name: string;
  readonly seed: string;
  /** The lines from `from` on, `drop` of them, are replaced. */
  readonly from: number;
  readonly drop: number;
  readonly lines: readonly string[];
  /** load, start, call. */
  readonly verdict: string;
  readonly error?: string;
  readonly components?: readonly number[];
}

export function packGolden(files: readonly LoaderFile[], answers: readonly LoaderAnswer[]): GoldenFile {
  const table: string[] = [];
  const indexOf = (line: string) => {
    const known = table.indexOf(line);
    return known < 0 ? table.push(line) - 1 : known;
  };
  const cases = files.map(({ name, text }, index): PackedCase => {
    const answer = answers[index];
    if (answer === undefined) {
      throw new Error(`no verdict on ${name}`);
    }
    const components = answer.components.map((component) => indexOf(JSON.stringify(sorted(component))));
    return {
      name,
      ...closestEdit(text),
      verdict: `${answer.load} ${String(answer.start)} ${String(answer.call)}`,
      ...(answer.error === null ? {} : { error: (answer.error.split('\n')[0] ?? '').slice(0, LONGEST_ERROR) }),
      ...(components.length === 0 ? {} : { components }),
    };
  });
  const made = 'Written by `npm run test:engine -- --record` from the loader of StateFun 3.3.0.';
  return { made, seeds: Object.fromEntries(SEEDS.map(({ name, text }) => [name, text])), components: table, cases };
}

/** One case a line. */
export function goldenText(golden: GoldenFile): string {
  const { cases, components, ...rest } = golden;
  const list = (items: readonly unknown[]) => `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
  return `${JSON.stringify(rest).slice(0, -1)},\n"components":${list(components)},\n"cases":${list(cases)}}\n`;
}

export function unpackGolden(golden: GoldenFile): readonly GoldenCase[] {
  return golden.cases.map(({ name, seed, from, drop, lines, verdict, error, components }) => {
    const text = (golden.seeds[seed] ?? '').split('\n');
    text.splice(from, drop, ...lines);
    const [load, start, call] = verdict.split(' ');
    return {
      name,
      text: text.join('\n'),
      load: load === 'accept' ? 'accept' : 'reject',
      start: start === 'ok' || start === 'fail' ? start : null,
      call: call === 'ok' || call === 'fail' ? call : null,
      error: error ?? null,
      components: (components ?? []).map((index) => JSON.parse(golden.components[index] ?? 'null')),
    };
  });
}

/** The seed that differs least, by what is the same at both ends. */
function closestEdit(text: string): Pick<PackedCase, 'seed' | 'from' | 'drop' | 'lines'> {
  const lines = text.split('\n');
  const edits = SEEDS.map(({ name, text: seedText }) => {
    const seed = seedText.split('\n');
    const most = Math.min(seed.length, lines.length);
    let from = 0;
    while (from < most && seed[from] === lines[from]) {
      from += 1;
    }
    let end = 0;
    while (end < most - from && seed[seed.length - 1 - end] === lines[lines.length - 1 - end]) {
      end += 1;
    }
    return { seed: name, from, drop: seed.length - from - end, lines: lines.slice(from, lines.length - end) };
  });
  const size = (edit: { readonly lines: readonly string[] }) => edit.lines.join('\n').length;
  return edits.reduce((best, edit) => (size(edit) < size(best) ? edit : best));
}
