/** Which files the golden file holds: few hundred that differ in verdict or in what is told of them, and each of them mended by its quick fixes. */
import type { Edit } from '../../../src/model/edit.ts';
import { moduleVerdict, type PlacedProblem } from '../../../src/module-yaml/verdict.ts';
import { mutants, substitutions } from './mutants.ts';
import type { LoaderFile } from './real-loader.ts';
import { SEEDS } from './seeds.ts';

/** Longer files are left to the comparison with the loader itself. */
const LONGEST = 3000;

export interface GoldenFiles {
  readonly files: readonly LoaderFile[];
  readonly fixed: readonly LoaderFile[];
}

export function goldenFiles(): GoldenFiles {
  const kinds = new Set<string>();
  const files: LoaderFile[] = [...SEEDS];
  for (const file of [...substitutions().filter((_, index) => index % 7 === 0), ...mutants(1, 3000)]) {
    const verdict = moduleVerdict(file.text);
    const codes = new Set(verdict.problems.map(({ code, severity, moment }) => `${code} ${severity} ${moment ?? ''}`));
    const kind = [verdict.load, verdict.start, verdict.call, ...[...codes].sort()].join();
    if (!kinds.has(kind) && codes.size <= 3 && file.text.length < LONGEST) {
      kinds.add(kind);
      files.push(file);
    }
  }
  const fixed = files.flatMap((file) =>
    moduleVerdict(file.text).problems.flatMap((problem, index) => {
      const text = mended(file.text, problem);
      return text === null ? [] : [{ name: `${file.name} / fix ${index} of ${problem.code}`, text }];
    }),
  );
  return { files, fixed };
}

/** The text after a problem's fix; null without one. */
export function mended(text: string, { fix }: PlacedProblem): string | null {
  return fix === undefined ? null : edited(text, fix.edits);
}

/** Edits are given from the end of the text to its beginning. */
function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduce(
    (result, edit) => (edit.type === 'text' ? result.slice(0, edit.from) + edit.insert + result.slice(edit.to) : result),
    text,
  );
}
