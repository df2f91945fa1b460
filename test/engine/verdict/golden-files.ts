/** Which files the golden file holds: some hundred of every seed and mutation, and each of them mended by its quick fixes. */
import type { Edit } from '../../../src/model/edit.ts';
import { moduleVerdict, type PlacedProblem } from '../../../src/module-yaml/verdict.ts';
import { mutants, substitutions } from './mutants.ts';
import type { LoaderFile } from './real-loader.ts';
import { SEEDS } from './seeds.ts';

/** Longer files are left to the comparison with the loader itself. */
const LONGEST = 3000;
/** Of some 35,000 files with one value changed every so many-th is taken: a prime, so that all fields and pools are met. */
const STRIDE = 149;
const FIXES_OF_A_CODE = 6;

export interface GoldenFiles {
  readonly files: readonly LoaderFile[];
  readonly fixed: readonly LoaderFile[];
}

export function goldenFiles(): GoldenFiles {
  const files = [...SEEDS, ...substitutions().filter((_, index) => index % STRIDE === 0), ...oncePerMutation()].filter(
    ({ text }) => text.length < LONGEST,
  );
  return { files, fixed: [...files.flatMap((file) => fixesOf(file)), ...someOfEachCode()] };
}

function fixesOf({ name, text }: LoaderFile): readonly (LoaderFile & { readonly code: string })[] {
  return moduleVerdict(text).problems.flatMap((problem, index) => {
    const fixed = mended(text, problem);
    return fixed === null ? [] : [{ name: `${name} / fix ${index} of ${problem.code}`, text: fixed, code: problem.code }];
  });
}

/** A few fixes of each code, however rare: which fixes there are is known here alone. */
function someOfEachCode(): readonly LoaderFile[] {
  const counts = new Map<string, number>();
  return mutants(3001, 2000)
    .filter(({ text }) => text.length < LONGEST)
    .flatMap((file) => fixesOf(file))
    .filter(({ code }) => {
      const count = (counts.get(code) ?? 0) + 1;
      counts.set(code, count);
      return count <= FIXES_OF_A_CODE;
    });
}

/** The first mutant of each seed and single mutation: chosen by how it was made, not by what is told of it. */
function oncePerMutation(): readonly LoaderFile[] {
  const first = new Map<string, LoaderFile>();
  for (const { name, text } of mutants(1, 3000)) {
    const made = name.replace(/^#\d+ /, '');
    if (!made.includes('+') && !first.has(made)) {
      first.set(made, { name, text });
    }
  }
  return [...first.values()];
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
