import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import type { ProjectId } from '../../src/base/ids.ts';
import { emptyDraft } from '../../src/panels/bench/bench-draft.ts';
import { benchOf, setDraft } from '../../src/panels/bench/bench-session.ts';
import { setClient } from '../../src/state/client.ts';
import { useDocument } from '../../src/state/document-controller.ts';
import { setSmallMemory } from '../../src/state/small-memory.ts';
import { fakeClient } from '../support/fake-client.ts';

const TYPE = typename('lab/f');
const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  setSmallMemory({
    recall: (key) => kept.get(key) ?? null,
    remember: (key, text) => void (text === null ? kept.delete(key) : kept.set(key, text)),
  });
  setClient(fakeClient());
});

afterEach(async () => {
  vi.useRealTimers();
  await useDocument.getState().close();
});

async function created(name: string): Promise<ProjectId> {
  const answer = await useDocument.getState().create(name, new Map());
  if (!answer.ok) {
    throw new Error(answer.error.message);
  }
  return answer.value;
}

async function opened(id: ProjectId): Promise<void> {
  await useDocument.getState().close();
  await useDocument.getState().open(id);
}

function draftFor(id: string) {
  return { ...emptyDraft(TYPE, null, 'lab/m', { type: 'ingress', ingress: null }, 0), id };
}

test('what was written a moment before another project opens is kept of its own project, and comes back with it', async () => {
  const [first, second] = [await created('first'), await created('second')];
  await opened(first);
  setDraft(draftFor('written'));
  await opened(second);
  expect(benchOf(TYPE)).toBeNull();
  expect([...kept.keys()]).toEqual([`bench.${first}`]);
  await opened(first);
  expect(benchOf(TYPE)).toMatchObject({ draft: { id: 'written' }, touched: true, runs: [] });
});

test('what was written is kept without an end of the page, and what the bench began with is not', async () => {
  const project = await created('first');
  await opened(project);
  vi.useFakeTimers();
  setDraft(draftFor('begun'), 'begun');
  vi.runAllTimers();
  expect(kept.size).toBe(0);
  setDraft(draftFor('written'));
  vi.runAllTimers();
  expect(kept.get(`bench.${project}`)).toContain('"written"');
});
