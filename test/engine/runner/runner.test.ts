/** However a run ends, it says why in a line and leaves no process behind. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { connectControl } from '../driver/control-client.ts';
import { startReady } from '../driver/ready-process.ts';
import type { PartnerPlace } from '../driver/test-partner.ts';
import { findToolchain } from '../driver/toolchain.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

interface StartedRun {
  readonly child: ChildProcess;
  readonly place: PartnerPlace;
  readonly output: () => string;
}

/** A run of its own, with a test that goes on until something ends it. */
async function startRun(fixture: 'wait' | 'engine' | 'broker'): Promise<StartedRun> {
  const runFolder = mkdtempSync(join(tmpdir(), 'statefun-runner-'));
  const placeFile = join(runFolder, 'place.json');
  let output = '';
  const child = spawn(process.execPath, ['scripts/test-engine.mjs'], {
    cwd: repository,
    env: {
      ...process.env,
      ENGINE_INCLUDE: 'test/engine/runner/waiting.fixture.ts',
      RUNNER_FIXTURE: fixture,
      RUNNER_PLACE: placeFile,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    const watcher = watch(runFolder, () => {
      if (existsSync(placeFile) && readFileSync(placeFile, 'utf8') !== '') {
        watcher.close();
        resolve();
      }
    });
    child.once('exit', () => {
      watcher.close();
      reject(new Error(`the run ended before it ran:\n${output}`));
    });
  });
  // The fixture writes what it was given.
  const place = JSON.parse(readFileSync(placeFile, 'utf8')) as PartnerPlace;
  rmSync(runFolder, { recursive: true, force: true });
  return { child, place, output: () => output };
}

/** Waits for the end of both processes: their control ports close with them. */
async function ended(place: PartnerPlace): Promise<void> {
  for (const [name, { port, log }] of Object.entries({ broker: place.broker, engine: place.engine })) {
    const control = await connectControl(name, port, log).catch(() => null);
    await control?.gone.catch(() => undefined);
  }
}

/** A process that has ended and that nobody asked about (a zombie) runs no more. */
function runs(pid: number): boolean {
  const [state] = (spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '').trim();
  return state !== undefined && state !== 'Z';
}

describe('the runner', () => {
  it('says what to install when Java is missing', () => {
    expect(() => findToolchain({ PATH: '/nowhere' }, [])).toThrow(
      /^The engine tests need Java: install a JDK from 11 to 17 \(.+\) or set JAVA_HOME to one\.$/,
    );
  });

  it('says what to install when Maven is missing', () => {
    const { javaHome } = findToolchain();
    expect(() => findToolchain({ PATH: '/nowhere', JAVA_HOME: javaHome }, [])).toThrow(/^The engine tests need Maven: install it/);
  });

  it('ends with that line and exit code 1', () => {
    // A path on which there is Node and nothing else.
    const path = mkdtempSync(join(tmpdir(), 'statefun-runner-'));
    symlinkSync(process.execPath, join(path, 'node'));
    const { JAVA_HOME: _home, ...environment } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/test-engine.mjs'], {
      cwd: repository,
      encoding: 'utf8',
      env: { ...environment, PATH: path, ENGINE_JDKS: path, ENGINE_INCLUDE: 'test/engine/runner/waiting.fixture.ts' },
    });
    rmSync(path, { recursive: true });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^The engine tests need Java: install a JDK/m);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed');
  });

  it('says in one line, with the log, when a process does not come up', async () => {
    const log = join(mkdtempSync(join(tmpdir(), 'statefun-runner-')), 'none.log');
    const { java } = findToolchain();
    await expect(startReady('engine', java, ['studio.engine.NoSuchMain'], log)).rejects.toThrow(
      /^The engine did not come up: it ended with code 1\. Its log is .*none\.log: .*NoSuchMain.*$/,
    );
  });

  it.each([
    ['engine', 'engine'],
    ['broker', 'Kafka broker'],
  ] as const)(
    'fails with one line, the log and exit code 1 when the %s dies half-way, and ends the other process',
    async (victim, name) => {
      const { child, place, output } = await startRun(victim);
      const [code] = (await once(child, 'exit')) as [number];
      await ended(place);
      expect(code).toBe(1);
      expect(output()).toContain(`The ${name} died. Its log is ${place[victim].log}.`);
      expect(output().trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed');
      expect([runs(place.broker.pid), runs(place.engine.pid), existsSync(place.folder), existsSync(place[victim].log)]).toEqual([
        false,
        false,
        false,
        true,
      ]);
    },
  );

  it.each(['SIGINT', 'SIGTERM'] as const)('leaves no process and no folder behind when it gets %s', async (signal) => {
    const { child, place } = await startRun('wait');
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
    await ended(place);
    expect([runs(place.broker.pid), runs(place.engine.pid), existsSync(place.folder)]).toEqual([false, false, false]);
  });

  it('leaves no process behind when it is killed', async () => {
    const { child, place } = await startRun('wait');
    // The runner's own child owns the two processes: it is the one to kill without a warning.
    process.kill(place.runner, 'SIGKILL');
    await once(child, 'exit');
    await ended(place);
    expect([runs(place.broker.pid), runs(place.engine.pid)]).toEqual([false, false]);
    rmSync(place.folder, { recursive: true, force: true });
  });

  it('keeps the partner of this very run to loopback', () => {
    expect(inject('partner').kafka).toMatch(/^127\.0\.0\.1:\d+$/);
  });
});
