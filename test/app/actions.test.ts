// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest';
import { runId } from '../../src/base/ids.ts';
import { ok } from '../../src/base/result.ts';
import { DEFAULT_SETTINGS } from '../../src/model/simulation-settings.ts';
import type { RunStatus } from '../../src/worker/contract.ts';
import { fakeClient } from '../support/fake-client.ts';

// The parts of the screen bring editors and graphs, which need a real browser; the table needs none of them.
vi.mock('../../src/app/slots.tsx', () => ({ applyCode: async () => {}, loadExample: async () => null, showProblem: () => {} }));

const { ACTIONS } = await import('../../src/app/actions/registry.ts');
const { useSession } = await import('../../src/app/session.ts');
const { setClient } = await import('../../src/state/client.ts');
const { useView } = await import('../../src/state/document-store.ts');
const { useRun } = await import('../../src/state/run-store.ts');

const STATUS: RunStatus = {
  run: runId('r1'),
  phase: 'playing',
  speed: 1,
  seed: 'seed',
  settings: DEFAULT_SETTINGS,
  failure: null,
  error: null,
  code: 'hash',
  codeProblems: [],
  recordOnly: false,
  report: { functions: [], problems: [] },
  notice: null,
};

/** The design's table of actions and keys, as far as this version has them. */
const DESIGN: Readonly<Record<string, string>> = {
  Undo: 'Ctrl+Z',
  Redo: 'Ctrl+Shift+Z',
  'Find or run a command': 'Ctrl+K',
  Add: 'A',
  Delete: 'Del',
  Duplicate: 'Ctrl+D',
  'Auto layout': 'Shift+L',
  'Import…': 'Ctrl+O',
  Export: 'Ctrl+E',
  Canvas: '1',
  Code: '2',
  'module.yaml': '3',
  'Split view': '\\',
  'Simulate / Stop': 'Ctrl+Enter',
  'Play / Pause': 'Space',
  Step: '.',
  'To next timer': 'T',
  Reset: 'Shift+R',
  'Send record…': 'R',
  'Checkpoint now': 'C',
  'Next problem': 'F8',
};

describe('the table of actions', () => {
  test('has every action of the design under its label, with its key first', () => {
    const found = Object.fromEntries(
      Object.keys(DESIGN).map((label) => [label, ACTIONS.find((action) => action.label === label)?.keys[0]]),
    );
    expect(found).toEqual(DESIGN);
  });

  test('gives no key to two actions', () => {
    const keys = ACTIONS.flatMap((action) => action.keys);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test('names each action once and says what it does in a sentence', () => {
    const ids = ACTIONS.map((action) => action.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ACTIONS.filter((action) => !/^[A-Z].*\.$/.test(action.help)).map((action) => action.id)).toEqual([]);
  });

  test('lets single letters act only where nothing is typed', () => {
    const single = ACTIONS.filter((action) => action.keys.some((key) => !key.includes('+') && !/^F\d+$/.test(key) && key !== 'Esc'));
    expect(single.filter((action) => action.place !== 'letters').map((action) => action.id)).toEqual([]);
  });

  test('offers nothing that needs a project while none is open', () => {
    const enabled = ACTIONS.filter((action) => action.enabled()).map((action) => action.id);
    expect(enabled).toEqual(['import', 'import-folder', 'new-project', 'theme', 'palette', 'shortcuts', 'about']);
  });

  test('shows the messages of a run that started, unless something else was asked for meanwhile', async () => {
    const client = fakeClient();
    client.answer('start-run', () => ok(STATUS));
    client.answer('end-run', () => ok(null));
    setClient(client);
    useSession.setState({ phase: 'open' });
    const simulate = ACTIONS.find((action) => action.id === 'simulate');
    const started = async (during: () => void) => {
      client.hold();
      simulate?.run();
      await vi.waitFor(() => expect(client.asked.at(-1)?.type).toBe('start-run'));
      during();
      client.release();
      await vi.waitFor(() => expect(useRun.getState().status).not.toBeNull());
      // What waits for the answer as well has it by then.
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
      const { dockTab } = useView.getState();
      useRun.getState().setStatus(null);
      return dockTab;
    };
    expect(await started(() => {})).toBe('messages');
    expect(await started(() => useView.getState().setDock(true, 'scenarios'))).toBe('scenarios');
  });
});
