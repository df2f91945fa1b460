/** Files that are nearly right: a seed with one to three mutations. Number and list give the same file on every machine. */
import { hash32 } from '../../../src/base/random.ts';
import { chance } from './chance.ts';
import { FIELD_MUTATIONS, substituted } from './field-mutations.ts';
import { SEEDS } from './seeds.ts';
import { TEXT_MUTATIONS } from './text-mutations.ts';

export interface Mutant {
  /** Says how it was made: number, seed and mutations. */
  readonly name: string;
  readonly text: string;
}

export function mutant(number: number): Mutant {
  const random = chance(hash32(`mutant ${number}`));
  const seed = random.pick(SEEDS);
  let text = seed.text;
  const done: string[] = [];
  const count = random.pick([1, 1, 1, 2, 2, 3]);
  while (done.length < count) {
    const mutation = random.pick(random.below(5) < 3 ? FIELD_MUTATIONS : TEXT_MUTATIONS);
    text = mutation.apply(text, random) ?? text;
    done.push(mutation.name);
  }
  return { name: `#${number} ${seed.name} ${done.join('+')}`, text };
}

/** The seeds as they are, then mutants by number. */
export function mutants(from: number, count: number): readonly Mutant[] {
  return Array.from({ length: count }, (_, index) => mutant(from + index));
}

/** Every value of every pool in every field of that name, one at a time; then each field left out, and each value of any kind in some fields. */
export function substitutions(): readonly Mutant[] {
  const seen = new Set<string>();
  return SEEDS.flatMap((seed) =>
    substituted(seed.text).flatMap(({ name, text }) => {
      if (seen.has(text)) {
        return [];
      }
      seen.add(text);
      return [{ name: `${seed.name} ${name}`, text }];
    }),
  );
}
