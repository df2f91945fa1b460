import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { filePath } from '../../src/base/ids.ts';
import { EXAMPLES } from '../../src/examples/registry.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { scenarioSchema } from '../../src/scenario/shape/scenario-file.ts';
import { schemaFaults } from '../support/json-schema.ts';
import { loadExample } from '../support/load-example.ts';
import { BAD_FILES } from './bad-files.ts';
import { documentedScenarios } from './documented-scenarios.ts';

const PATH = filePath('scenarios/a.yaml');
const SCHEMA = scenarioSchema();
const GOOD = [
  ...EXAMPLES.flatMap(({ id }) => [...loadExample(id)].filter(([path]) => path.startsWith('scenarios/')).map(([, text]) => text)),
  ...documentedScenarios().map(({ text }) => text),
];
/** Problems that are beyond JSON Schema: they need arithmetic, or a grammar of their own. */
const BEYOND = ['scenario-time-order', 'scenario-bad-template', 'scenario-bad-file'];

describe('the JSON Schema of scenario files', () => {
  it('is what the parser is made of; mend it with: npx vitest run test/scenario/schema.test.ts -u', async () => {
    await expect(`${JSON.stringify(SCHEMA, null, 2)}\n`).toMatchFileSnapshot('../../docs/scenario.schema.json');
  });

  it('takes every example, those of the projects and those of the manual', () => {
    expect(GOOD.length).toBeGreaterThan(9);
    expect(GOOD.map((text) => schemaFaults(SCHEMA, parse(text)))).toEqual(GOOD.map(() => []));
  });

  it.each(BAD_FILES.map((file) => [file.name, file] as const))(
    'refuses %s, unless it cannot see what is wrong',
    (_, { text, beyondSchema }) => {
      if (beyondSchema !== true) {
        expect(schemaFaults(SCHEMA, parse(text))).not.toEqual([]);
      }
    },
  );

  it('refuses nothing that the parser takes, and the parser refuses little that the schema takes', () => {
    const seen = { both: 0, neither: 0, parserOnly: new Set<string>() };
    fc.assert(
      fc.property(fc.constantFrom(...GOOD), fc.nat(), fc.constantFrom(...MUTATIONS), (text, place, mutate) => {
        const mutant = mutated(parse(text) as Json, place, mutate);
        const parsed = parseScenario(stringify(mutant), PATH);
        const refused = schemaFaults(SCHEMA, mutant);
        if (parsed.ok) {
          expect(refused).toEqual([]);
          seen.both += 1;
        } else if (refused.length > 0) {
          seen.neither += 1;
        } else {
          parsed.error.forEach(({ code, message }) =>
            seen.parserOnly.add(BEYOND.includes(code) ? code : `${code}: ${generalised(message)}`),
          );
        }
      }),
      { numRuns: 3000, seed: 4 },
    );
    expect(seen.both).toBeGreaterThan(300);
    expect(seen.neither).toBeGreaterThan(1000);
    expect([...seen.parserOnly].filter((reason) => !KNOWN_LIMITS.some((limit) => limit.test(reason)))).toEqual([]);
  });
});

/** Rules about names and about pairs of values, which the schema leaves to the parser. */
const KNOWN_LIMITS = [
  /^scenario-time-order$/,
  /^scenario-bad-template$/,
  /^scenario-bad-file$/,
  /typename|identifier|pattern|[Tt]opic/,
  /no path inside the project/,
  /leaves nothing for/,
  /is no failure of a/,
  /give each record a key/,
  /atMost is/,
  /mean is less/,
  /a moment in UTC/,
  // What a value may be follows from the type beside it.
  /^scenario-bad-value: io\.statefun\.types\/[a-z]+ takes /,
  /Write the type as namespace\/name/,
];

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Mutation = (value: Json) => Json | undefined;

/** Undefined removes the value. */
const MUTATIONS: readonly Mutation[] = [
  () => undefined,
  () => null,
  () => 'x',
  () => 0,
  () => -1.5,
  () => true,
  () => [],
  () => ({}),
  (value) => [value],
  (value) => ({ x: value }),
  (value) => (typeof value === 'string' ? `${value}x` : value),
  (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, extra: 1 } : value),
  (value) => (typeof value === 'number' ? value + 1_000_000 : value),
  () => '5 s',
  () => 'idle',
];

/** The document with one value, chosen by its number, changed. */
function mutated(root: Json, place: number, mutate: Mutation): Json {
  const copy = structuredClone(root);
  const spots: { set(value: Json | undefined): void; value: Json }[] = [];
  const visit = (value: Json): void => {
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        spots.push({ value: item, set: (to) => void (to === undefined ? value.splice(index, 1) : (value[index] = to)) });
        visit(item);
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) {
        spots.push({ value: member, set: (to) => void (to === undefined ? delete value[key] : (value[key] = to)) });
        visit(member);
      }
    }
  };
  visit(copy);
  const spot = spots[place % spots.length];
  spot?.set(mutate(spot.value));
  return copy;
}

function generalised(message: string): string {
  return message.replace(/“[^”]*”/g, '“…”');
}
