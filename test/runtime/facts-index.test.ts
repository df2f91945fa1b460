/**
 * Every numbered fact of StateFun has a test that names it, or a word on why a simulator cannot show it. Tests name facts at the
 * start of their titles (`S14: …`, `S61, S62: …`); facts whose own behaviour has several tests appear in several titles.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const LAST_FACT = 96;

/** What a simulator without HTTP, files and processes cannot show. */
const NOT_SHOWN: Readonly<Record<number, string>> = {
  5: 'Headers of HTTP requests: the simulator makes none. The function server of the engine test sees them.',
  89: 'How the playground takes and gives records by HTTP: the simulator’s records come from feeds and are seen in topics.',
};

function titlesUnder(folder: URL): { readonly file: string; readonly title: string }[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .flatMap((entry) => {
      const text = readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8');
      return Array.from(text.matchAll(/(['"`])((?:[RS]\d+(?:, )?)+: [^\n]*?)\1/g), ([, , title = '']) => ({ file: entry.name, title }));
    });
}

const TITLES = ['runtime', 'protocol'].flatMap((folder) => titlesUnder(new URL(`../${folder}/`, import.meta.url)));

function testsOf(fact: number): readonly string[] {
  return TITLES.filter(({ title }) => title.slice(0, title.indexOf(':')).split(', ').includes(`S${fact}`)).map(
    ({ file, title }) => `${file}: ${title}`,
  );
}

const FACTS = Array.from({ length: LAST_FACT }, (_, index) => {
  const fact = index + 1;
  const tests = testsOf(fact);
  return { fact, tests, shown: tests.length > 0 ? tests.join(' | ') : (NOT_SHOWN[fact] ?? 'nothing') };
});

test.each(FACTS)('S$fact is shown by $shown', ({ fact, tests }) => {
  const reason = NOT_SHOWN[fact] ?? null;
  expect(tests.length > 0 || reason !== null, `nothing is said of S${fact}`).toBe(true);
  expect(tests.length > 0 && reason !== null, `S${fact} is shown after all`).toBe(false);
});

test('no test names a fact that is not there', () => {
  const named = TITLES.flatMap(({ title }) => title.slice(0, title.indexOf(':')).match(/S\d+/g) ?? []).map((name) => Number(name.slice(1)));
  expect(named.filter((fact) => fact < 1 || fact > LAST_FACT)).toEqual([]);
  expect(named.length).toBeGreaterThan(LAST_FACT);
});
