/**
 * Whole runs of the simulator with functions that a server in another language answers: the projects' own scenarios pass, and a run of the examples
 * is the run of the code in the Studio, event for event.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filePath } from '../../../src/base/ids.ts';
import { folderWith, repository, runCommand } from '../../support/command-line.ts';
import { loadExample } from '../../support/load-example.ts';
import type { ReadyProcess } from '../driver/ready-process.ts';
import { startLanguage, wantedLanguages } from './language-server.ts';

const example = (id: string): string => join(repository, 'src/examples', id, 'project');
const sinkProject = fileURLToPath(new URL('sink-project', import.meta.url));

/** What plays a part in the run: which server answered does not, nor how it writes JSON. */
function eventsOf(trace: string): unknown[] {
  return readFileSync(trace, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown =>
      JSON.parse(line, (key, value: unknown) => {
        if (key === 'code') {
          return 'any';
        }
        return key === 'text' && typeof value === 'string' ? plainText(value) : value;
      }),
    );
}

function plainText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

describe.each(wantedLanguages())('functions on the %s SDK', (language) => {
  let server: ReadyProcess;
  let folder: string;
  const url = (): string => `http://127.0.0.1:${server.port}/statefun`;

  beforeAll(async () => {
    server = await startLanguage(language);
    folder = await folderWith({});
  });

  afterAll(async () => {
    await server?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['greeter', example('greeter'), 'greeter/*', 2],
    ['fraud detection', example('fraud-detection'), 'fraud/model', 2],
    ['orders', sinkProject, 'languages/*', 1],
  ])('pass the scenarios of %s', async (_name, project, functions, scenarios) => {
    const { code, out, err } = await runCommand('test', project, '--json', '--remote', `${functions}=${url()}`);
    // The first command after a change of the sources says that it builds.
    expect({ code, said: JSON.parse(out) as unknown }, err).toMatchObject({
      code: 0,
      said: { passed: scenarios, failed: 0, notPlayed: 0 },
    });
  });

  it.each([
    ['greeter', 'greeter/*'],
    ['fraud-detection', 'fraud/model'],
  ])('give the run of %s that the code in the Studio gives', async (project, functions) => {
    const trace = (name: string): string => join(folder, `${project}-${name}.jsonl`);
    const run = ['simulate', example(project), '--seed', 'languages', '--until', '1m', '--trace'];
    const here = await runCommand(...run, trace('here'), '--local');
    const there = await runCommand(...run, trace('there'), '--remote', `${functions}=${url()}`);
    expect([here.code, there.code]).toEqual([0, 0]);
    const events = eventsOf(trace('there'));
    expect(events.length).toBeGreaterThan(400);
    expect(events).toEqual(eventsOf(trace('here')));
    expect(readFileSync(trace('there'), 'utf8')).toContain('"code":"remote"');
  });

  it.each([
    ['greeter', 'greeter/*', 2],
    ['fraud-detection', 'fraud/model', 2],
  ])('are the same as the code of %s to `compare`', async (project, functions, scenarios) => {
    const { code, out } = await runCommand('compare', example(project), '--json', '--remote', `${functions}=${url()}`);
    expect({ code, said: JSON.parse(out) as unknown }).toMatchObject({ code: 0, said: { same: scenarios, different: 0 } });
  });

  it('are not the same where they greet otherwise: `compare` shows the record', async () => {
    const files = loadExample('greeter');
    const greet = filePath('functions/greet.ts');
    const changed = new Map([...files, [greet, (files.get(greet) ?? '').replace('Good to see you again', 'Nice to see you again')]]);
    const { code, out } = await runCommand('compare', await folderWith(changed), 'regulars', '--json', '--remote', `greeter/*=${url()}`);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      same: 0,
      different: 1,
      scenarios: [
        {
          scenario: 'regulars',
          difference: {
            typename: 'greeter/greet',
            id: 'Ada',
            left: { text: expect.stringContaining('Nice to see you again, Ada.') },
            right: { text: expect.stringContaining('Good to see you again, Ada.') },
          },
        },
      ],
    });
  });
});
