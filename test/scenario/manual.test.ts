import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../../src/scenario/shape/scenario-file.ts';
import { FAILURE_KINDS } from '../../src/scenario/failure-kinds.ts';
import { loadExample } from '../support/load-example.ts';
import { playText } from '../support/play-text.ts';
import { documentedScenarios, MANUAL } from './documented-scenarios.ts';

describe('the manual of scenario files', () => {
  it.each(documentedScenarios().map((scenario) => [scenario.name, scenario] as const))('shows %s, which passes', async (_, scenario) => {
    const { failures, outcome } = await playText(loadExample(scenario.project), scenario.text);
    expect(failures).toEqual([]);
    expect(outcome.passed).toBe(true);
    expect(outcome.expectations).toBeGreaterThan(0);
  });

  it('names every key and every word that a scenario may hold', () => {
    const words = [...namesIn(scenarioSchema())];
    expect(words.length).toBeGreaterThan(60);
    expect(words.filter((word) => !new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(MANUAL))).toEqual([]);
  });

  it('names every kind of failure', () => {
    const kinds = Object.values(FAILURE_KINDS).flat();
    expect(kinds.filter((kind) => !MANUAL.includes(`\`${kind}\``))).toEqual([]);
  });
});

/** Keys of mappings and fixed words, wherever in the schema. */
function namesIn(schema: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) {
      part.forEach(visit);
    } else if (typeof part === 'object' && part !== null) {
      for (const [keyword, value] of Object.entries(part)) {
        if (keyword === 'properties') {
          Object.keys(value as object).forEach((key) => names.add(key));
        }
        for (const word of keyword === 'enum' || keyword === 'const' ? [value].flat() : []) {
          names.add(String(word));
        }
        visit(value);
      }
    }
  };
  visit(schema);
  return names;
}
