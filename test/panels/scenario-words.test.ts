import { describe, expect, it } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { ok } from '../../src/base/result.ts';
import { scenarioStatus } from '../../src/panels/scenarios/scenario-words.ts';
import type { StatusParts } from '../../src/panels/scenarios/scenario-words.ts';
import { isOutdated } from '../../src/state/scenario-plays.ts';
import { loadExample } from '../support/load-example.ts';
import { passedVerdict } from '../support/played-verdict.ts';

const PATH = filePath('scenarios/alerts.yaml');
const FILES = loadExample('fraud-detection');

const PLAYED = passedVerdict(9, 30 * 86_400_000);

function status(parts: Partial<StatusParts>) {
  return scenarioStatus({ path: PATH, play: null, remembered: null, running: null, problems: [], files: FILES, ...parts });
}

function played(verdict: Partial<typeof PLAYED>) {
  return status({ play: { answer: ok({ ...PLAYED, ...verdict }), files: FILES, hash: '' } });
}

describe('the status of a scenario', () => {
  it('is that of its last play, with the first line that does not hold', () => {
    expect(status({})).toEqual({ state: 'never', words: 'Not played yet', outdated: false });
    expect(played({})).toMatchObject({ state: 'passed', words: 'Passed 9 expectations' });
    const failure = {
      type: 'expectation' as const,
      place: { offset: 1, line: 10, column: 3 },
      at: 5000,
      message: 'State a of b is another.',
      expected: '2',
      actual: '4',
      diff: [],
      calls: [],
      called: null,
    };
    expect(played({ passed: false, failures: [failure] })).toMatchObject({ state: 'failed', words: 'Line 10: State a of b is another.' });
    expect(played({ passed: false, end: { type: 'interrupted' } })).toMatchObject({ state: 'cancelled' });
    expect(played({ passed: false, end: { type: 'looping', times: 1000, message: 'm' } })).toMatchObject({ state: 'failed' });
  });

  it('is outdated once code, module, its own text or what feeds a run has changed, and not for a note on the canvas or another scenario', () => {
    const studioJson = filePath('studio.json');
    const studio = JSON.parse(FILES.get(studioJson) ?? '') as { notes: object[]; settings: object };
    const changed = (path: string, text: string) => isOutdated(PATH, FILES, new Map([...FILES, [filePath(path), text]]));
    expect(isOutdated(PATH, FILES, new Map(FILES))).toBe(false);
    expect(changed('functions/model.ts', '')).toBe(true);
    expect(changed('module.yaml', '')).toBe(true);
    expect(changed('stubs/more.yaml', '')).toBe(true);
    expect(changed(PATH, '')).toBe(true);
    expect(changed('scenarios/confirmations.yaml', '')).toBe(false);
    expect(changed('studio.json', JSON.stringify({ ...studio, notes: [] }))).toBe(false);
    const bare = new Map([...FILES].filter(([path]) => path !== 'studio.json'));
    expect(isOutdated(PATH, bare, new Map([...bare, [studioJson, '{"version":1,"notes":[]}']]))).toBe(false);
    expect(changed('studio.json', JSON.stringify({ ...studio, settings: { ...studio.settings, seed: 'other' } }))).toBe(true);
    expect(isOutdated(PATH, FILES, new Map([...FILES].filter(([path]) => path !== 'functions/model.ts')))).toBe(true);
  });

  it('is that of an earlier page until it is played on this one', () => {
    const first = { line: 10, message: 'State a of b is another.' };
    const failed = { passed: false, expectations: 9, first, files: FILES };
    expect(status({ remembered: failed })).toEqual({ state: 'failed', words: 'Line 10: State a of b is another.', outdated: false });
    expect(status({ remembered: { ...failed, files: null } })).toMatchObject({ state: 'failed', outdated: true });
    expect(status({ remembered: failed, files: new Map([...FILES, [PATH, '']]) })).toMatchObject({ outdated: true });
    expect(status({ remembered: failed, play: { answer: ok(PLAYED), files: FILES, hash: '' } })).toMatchObject({
      state: 'passed',
      outdated: false,
    });
  });

  it('says how far it is while it is played, and that it waits before', () => {
    const progress = { path: PATH, side: null, clock: 65_000, messages: 12, steps: { done: 2, of: 7 }, failures: 0 };
    const running = { ticket: 1, path: PATH, type: 'play' as const, progress, waiting: [], cancelled: false };
    expect(status({ running })).toMatchObject({ state: 'running', words: 'Step 3 of 7, 1 min 5 s, 12 messages' });
    expect(status({ running: { ...running, path: filePath('scenarios/a.yaml'), waiting: [PATH] } })).toMatchObject({ state: 'waiting' });
    expect(status({ running: { ...running, type: 'compare', progress: { ...progress, side: 'remote', steps: null } } }).words).toBe(
      'Remote: 1 min 5 s, 12 messages',
    );
    expect(status({ running: { ...running, cancelled: true } }).words).toBe('Cancelling');
  });
});
