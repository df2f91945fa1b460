import { expect, test } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { ok } from '../../src/base/result.ts';
import { setClient } from '../../src/state/client.ts';
import { useDocument } from '../../src/state/document-controller.ts';
import { keepVerdicts } from '../../src/state/scenario-memory.ts';
import { setSmallMemory } from '../../src/state/small-memory.ts';
import { playScenarios, useScenarioPlays } from '../../src/state/scenario-plays.ts';
import { fakeClient } from '../support/fake-client.ts';
import { loadExample } from '../support/load-example.ts';
import { passedVerdict } from '../support/played-verdict.ts';

const PATH = filePath('scenarios/regulars.yaml');

const PASSED = passedVerdict(3, 1000);

test('a verdict is remembered by the time it is shown, and known again as that of the same files', async () => {
  const client = fakeClient();
  client.answer('play-scenario', () => ok(PASSED));
  setClient(client);
  const kept = new Map<string, string>();
  setSmallMemory({
    recall: (key) => kept.get(key) ?? null,
    remember: (key, text) => {
      kept.set(key, text ?? '');
    },
  });
  keepVerdicts();
  const created = await useDocument.getState().create('greeter', loadExample('greeter'));
  const id = created.ok ? created.value : null;
  if (id === null) {
    throw new Error('no project');
  }
  await useDocument.getState().open(id);
  let whenShown: string | undefined;
  const stop = useScenarioPlays.subscribe((state, before) => {
    if (state.plays !== before.plays && state.plays.size > 0) {
      whenShown = kept.get(`verdicts.${id}`);
    }
  });
  await playScenarios([PATH]);
  stop();
  expect(JSON.parse(whenShown ?? '[]')).toMatchObject([{ path: PATH, passed: true, expectations: 3 }]);

  const remembered = new Promise<void>((resolve) => {
    const done = useScenarioPlays.subscribe((state) => {
      if (state.remembered.size > 0) {
        done();
        resolve();
      }
    });
  });
  await useDocument.getState().close();
  await useDocument.getState().open(id);
  await remembered;
  expect(useScenarioPlays.getState().remembered.get(PATH)?.files).toBe(useDocument.getState().project.files);
});
