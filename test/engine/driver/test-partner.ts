/**
 * Starts and ends the two processes of the test partner. Their data is below one temporary folder, their logs stay in test-results/engine until
 * the next run, all their ports are on loopback. They end with this process, however it ends.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { classPath, engineJar, ensureJavaBuilt } from './build-java.ts';
import { JAVA_OPENS } from './java-opens.ts';
import { startReady } from './ready-process.ts';
import type { ReadyProcess } from './ready-process.ts';
import { findToolchain } from './toolchain.ts';

/** All that a test worker needs to reach the partner; plain data. */
export interface PartnerPlace {
  readonly folder: string;
  /** The process that started the two. */
  readonly runner: number;
  readonly kafka: string;
  readonly broker: { readonly port: number; readonly log: string; readonly pid: number };
  readonly engine: { readonly port: number; readonly log: string; readonly pid: number };
  readonly versions: { readonly statefun: string; readonly flink: string; readonly kafka: string; readonly java: string };
}

export interface TestPartner {
  readonly place: PartnerPlace;
  end(): Promise<void>;
}

const STATEFUN = '3.3.0';
const logs = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'test-results', 'engine');

export async function startPartner(): Promise<TestPartner> {
  const toolchain = findToolchain();
  ensureJavaBuilt(toolchain);
  const folder = mkdtempSync(join(tmpdir(), 'statefun-engine-'));
  const running: ReadyProcess[] = [];
  const forget = (): void => rmSync(folder, { recursive: true, force: true });
  const atExit = (): void => {
    running.forEach((jvm) => jvm.kill());
    forget();
  };
  const interrupted = (): void => process.exit(130);
  const forgetProcess = (): void => {
    process.removeListener('exit', atExit);
    process.removeListener('SIGINT', interrupted);
    process.removeListener('SIGTERM', interrupted);
  };
  process.once('exit', atExit);
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  clearLogs();
  try {
    const [brokerPort, controllerPort] = await freePorts(2);
    const starting = [
      startReady(
        'Kafka broker',
        toolchain.java,
        [
          '-Xmx512m',
          '-XX:+UseSerialGC',
          '-XX:TieredStopAtLevel=1',
          '-cp',
          classPath('broker'),
          'studio.broker.BrokerMain',
          join(folder, 'kafka'),
          String(brokerPort),
          String(controllerPort),
        ],
        join(logs, `${process.pid}-broker.log`),
      ),
      startReady(
        'engine',
        toolchain.java,
        [
          ...JAVA_OPENS,
          '-Xmx1500m',
          '-XX:MaxDirectMemorySize=1g',
          '-XX:+UseSerialGC',
          '-XX:TieredStopAtLevel=1',
          `-Djava.io.tmpdir=${folder}`,
          `-javaagent:${engineJar()}`,
          '-cp',
          classPath('engine'),
          'studio.engine.EngineMain',
        ],
        join(logs, `${process.pid}-engine.log`),
      ),
    ];
    const settled = await Promise.allSettled(starting);
    for (const one of settled) {
      if (one.status === 'fulfilled') {
        running.push(one.value);
      }
    }
    for (const one of settled) {
      if (one.status === 'rejected') {
        throw one.reason;
      }
    }
    const [broker, engine] = running;
    if (broker === undefined || engine === undefined) {
      throw new Error('A process of the test partner is missing.');
    }
    return {
      place: {
        folder,
        runner: process.pid,
        kafka: `127.0.0.1:${brokerPort}`,
        broker: { port: broker.port, log: broker.log, pid: broker.pid },
        engine: { port: engine.port, log: engine.log, pid: engine.pid },
        versions: {
          statefun: STATEFUN,
          flink: String(engine.ready['flink']),
          kafka: String(broker.ready['kafka']),
          java: String(engine.ready['java']),
        },
      },
      async end() {
        await Promise.all(running.map((jvm) => jvm.end()));
        forgetProcess();
        forget();
      },
    };
  } catch (problem) {
    atExit();
    forgetProcess();
    throw problem;
  }
}

/** Removes logs of runs that are over. */
function clearLogs(): void {
  mkdirSync(logs, { recursive: true });
  for (const name of readdirSync(logs)) {
    if (!isRunning(Number.parseInt(name, 10))) {
      rmSync(join(logs, name), { force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Ports that were free a moment ago: KRaft has to be told its ports before it starts. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
      return server;
    }),
  );
  // A server that listens on TCP has an address of this form.
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
        }),
    ),
  );
  return ports;
}
