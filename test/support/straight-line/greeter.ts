/** What the greeter has to write, from its description: one greeting a visit, by how often that visitor came. */
import { randomStream } from '../../../src/base/random.ts';
import { spacedFeed } from './timed-input.ts';
import type { TimedFeeds } from './timed-input.ts';

export interface GreeterInput extends TimedFeeds {
  readonly visitors: readonly string[];
}

export function makeGreeterInput(seed: number, visits: number): GreeterInput {
  const chance = randomStream(seed);
  const names = ['Ada', 'Grace', 'Edsger', 'Barbara'];
  const visitors = Array.from({ length: visits }, () => names[Math.floor(chance.next() * names.length)] ?? 'Ada');
  return {
    ...spacedFeed(
      'visits',
      0,
      'name',
      0,
      700,
      visitors.map((name) => ({ name, door: 'north' })),
    ),
    visitors,
  };
}

/** The texts for each visitor, in order. */
export function greetings(visitors: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, string[]>();
  for (const name of visitors) {
    const earlier = texts.get(name) ?? [];
    const fixed = [`Welcome, ${name}.`, `Good to see you again, ${name}.`, `Third time is the charm, ${name}.`];
    texts.set(name, [...earlier, fixed[earlier.length] ?? `Visit number ${earlier.length + 1}, ${name}. Shall we get you a key?`]);
  }
  return texts;
}
