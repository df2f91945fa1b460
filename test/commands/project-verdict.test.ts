/** The verdict on a project: module.yaml as the loader takes it, and every other file that there is something to tell of. */
import { describe, expect, it } from 'vitest';
import { projectVerdict } from '../../src/commands/project-verdict.ts';
import { projectOf } from '../../src/model/project.ts';
import { FRAUD_FILES } from '../support/fraud-code.ts';
import { FRAUD_MODULE } from '../support/studio-driver.ts';

// Without the ingress that is still to get its topics.
const MODULE = FRAUD_MODULE.split('---\n')
  .filter((part) => !part.includes('topics: []'))
  .join('---\n');

describe('a project', () => {
  it('that is in order has one verdict, on its module.yaml', () => {
    const verdicts = projectVerdict(projectOf({ 'module.yaml': MODULE, ...FRAUD_FILES }));
    expect(verdicts.map(({ file, load, start, call }) => [file, load, start, call])).toEqual([['module.yaml', 'accept', 'ok', 'ok']]);
    expect(verdicts[0]?.components.map(({ type }) => type)).toEqual(['endpoint', 'ingress', 'egress']);
  });

  it('has the problems of a file at that file, with lines and columns', () => {
    const module = MODULE.replace('fraud/alerts', 'fraud/warnings');
    const [first, second, ...rest] = projectVerdict(projectOf({ 'module.yaml': module, ...FRAUD_FILES }));
    expect(first).toMatchObject({ file: 'module.yaml', load: 'accept' });
    expect(second).toMatchObject({
      file: 'functions/transaction-manager.ts',
      load: null,
      start: null,
      call: null,
      components: [],
      problems: [{ code: 'unbound-egress', severity: 'warning', line: 18, column: 5, moment: 'call' }],
    });
    expect(rest).toEqual([]);
  });

  it('without a module.yaml has no verdict on one', () => {
    expect(projectVerdict(projectOf({ 'notes.txt': 'x' }))).toEqual([]);
  });

  it('takes the allowed kinds and the time', () => {
    const module = `${MODULE}---\nkind: com.acme/thing\nspec: {}\n`;
    const load = (allowKinds: readonly string[]) =>
      projectVerdict(projectOf({ 'module.yaml': module, ...FRAUD_FILES }), { allowKinds })[0]?.load;
    expect([load([]), load(['com.acme/thing'])]).toEqual(['reject', 'accept']);
  });
});
