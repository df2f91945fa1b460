// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest';

// The parts of the screen bring editors and graphs, which need a real browser; the table needs none of them.
vi.mock('../../src/app/slots.tsx', () => ({ applyCode: async () => {}, loadExample: async () => null, showProblem: () => {} }));

const { ACTIONS } = await import('../../src/app/actions/registry.ts');

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
});
