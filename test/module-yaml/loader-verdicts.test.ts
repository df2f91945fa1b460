/** The verdicts of the real loader, as `npm run test:engine -- --record` wrote them down, on a machine without Java. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { moduleVerdict } from '../../src/module-yaml/verdict.ts';
import { difference } from '../engine/verdict/compare.ts';
import { unpackGolden, type GoldenFile } from '../engine/verdict/golden.ts';
import { mended } from '../engine/verdict/golden-files.ts';

// Written by golden.ts of this project.
const golden = JSON.parse(readFileSync(new URL('../golden/engine/loader-verdicts.json', import.meta.url), 'utf8')) as GoldenFile;
const cases = unpackGolden(golden);
const recorded = new Map(cases.map((one) => [one.text, one]));

describe('the verdict', () => {
  it.each(cases.map((one) => [one.name, one] as const))('is the loader’s on %s', (_, one) => {
    expect(difference(one.text, one)).toBeNull();
  });

  it('comes with an error at a place of the file, in words, whenever something fails', () => {
    const silent = cases.filter(({ text, load, start, call }) => {
      const { problems } = moduleVerdict(text);
      const moment = load === 'reject' ? 'load' : start === 'fail' ? 'start' : 'call';
      const lines = text.split(/\r\n|[\n\r]/).length;
      const told = problems.some(
        (problem) =>
          problem.severity === 'error' &&
          problem.moment === moment &&
          problem.message.length > 20 &&
          problem.line >= 1 &&
          problem.line <= lines &&
          problem.column >= 1,
      );
      return !told && (load === 'reject' || start === 'fail' || call === 'fail');
    });
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('has no error where the loader has none', () => {
    const wrong = cases.filter(
      ({ text, call }) => call === 'ok' && moduleVerdict(text).problems.some(({ severity }) => severity === 'error'),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});

describe('a quick fix', () => {
  const fixes = cases.flatMap(({ name, text }) =>
    moduleVerdict(text).problems.flatMap((problem, index) => {
      const fixed = mended(text, problem);
      return fixed === null ? [] : [{ name: `${name}, fix ${index} of ${problem.code}`, text, problem, fixed }];
    }),
  );

  it.each(fixes.map((one) => [one.name, one] as const))('takes its problem away: %s', (_, { text, problem, fixed }) => {
    const count = (of: string) => moduleVerdict(of).problems.filter(({ code }) => code === problem.code).length;
    expect(count(fixed)).toBeLessThan(count(text));
  });

  it('of the only error makes a file that the loader accepts', () => {
    const only = fixes.filter(({ text, problem }) => {
      const errors = moduleVerdict(text).problems.filter(({ severity }) => severity === 'error');
      // Of another kind the spec may be another one too.
      return problem.severity === 'error' && problem.moment === 'load' && errors.length === 1 && problem.code !== 'unknown-kind';
    });
    const known = only.flatMap(({ name, fixed }) => {
      const verdict = recorded.get(fixed);
      return verdict === undefined ? [] : [{ name, load: verdict.load }];
    });
    expect(known.length).toBeGreaterThan(10);
    expect(known.filter(({ load }) => load === 'reject')).toEqual([]);
  });
});
