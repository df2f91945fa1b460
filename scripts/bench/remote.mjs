/**
 * A function on a server of one's own: messages a second through the relay of the app's server, and of the same function in the Studio. The
 * server is Node with the official SDK on loopback, so that what is measured is the way there and back.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../install.mjs';
import { listen } from '../serve.mjs';
import { median } from './figures.mjs';
import { readRun } from './journal.mjs';
import { importZip, newPage, presetMaxSpeed, runToIdle, stop } from './studio-page.mjs';

const RECORDS = 3000;
const RUNS = 2;
const FIRST_PORT = 4390;

const MODULE = `kind: io.statefun.endpoints.v2/http
spec:
  functions: bench/*
  urlPathTemplate: http://functions:8000/statefun
---
kind: io.statefun.kafka.v1/ingress
spec:
  id: bench/in
  address: kafka:9092
  consumerGroupId: bench
  startupPosition: {type: earliest}
  topics:
    - topic: in
      valueType: bench/thing
      targets: [bench/count]
`;

const CODE = `import { StateFun } from 'apache-flink-statefun';

export const count = {
  typename: 'bench/count',
  specs: [{ name: 'seen', type: StateFun.intType() }],
  fn(context) {
    context.storage.seen = (context.storage.seen ?? 0) + 1;
  },
};
`;

const FEED = {
  type: 'generator',
  id: 'in',
  enabled: true,
  topic: 'in',
  arrival: { type: 'backlog' },
  startAfterMillis: 0,
  count: RECORDS,
  key: 'key-{{n}}',
  value: '{"n":{{n}}}',
  headers: [],
};

export async function measureRemote({ browser, app, say, problems }) {
  const { strToU8, zipSync } = await import('fflate');
  const server = await serveCount();
  const zip = (remotes) =>
    Buffer.from(
      zipSync({
        'module.yaml': strToU8(MODULE),
        'functions/count.js': strToU8(CODE),
        'studio.json': strToU8(JSON.stringify({ version: 1, feeds: [FEED], remotes })),
      }),
    );
  const rates = async (name, remotes) => {
    const page = await newPage(browser, problems);
    // Every run asks first whether the server may be called.
    await page.addLocatorHandler(page.getByRole('alertdialog', { name: 'Call this function server?' }), (question) =>
      question.getByRole('button', { name: 'Allow calls' }).click(),
    );
    await importZip(page, app.address, name, zip(remotes));
    await presetMaxSpeed(page);
    const found = [];
    for (let run = 1; run <= RUNS; run += 1) {
      say(`${name}, run ${run} of ${RUNS}`);
      const { durable } = await runToIdle(page);
      const { messages } = await readRun(page);
      if (messages !== RECORDS) {
        throw new Error(`${RECORDS} messages were expected, and ${messages} came`);
      }
      found.push((1000 * messages) / durable);
      await stop(page);
    }
    await page.context().close();
    return found;
  };
  try {
    const before = server.requests();
    const studio = await rates('in the Studio', []);
    if (server.requests() !== before) {
      throw new Error('the run in the Studio called the server');
    }
    const remote = await rates('remote', [{ functions: 'bench/*', url: `http://127.0.0.1:${server.port}/statefun` }]);
    return { records: RECORDS, requests: server.requests(), studio, remote, ratio: median(remote) / median(studio) };
  } finally {
    await server.close();
  }
}

/** The same file as in the project; it lies where its import of the SDK is found. */
async function serveCount() {
  const folder = join(root, 'node_modules', '.cache', 'statefun-studio-bench');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'count.mjs');
  writeFileSync(file, CODE);
  const [{ count }, { StateFun }] = await Promise.all([import(pathToFileURL(file).href), import('apache-flink-statefun')]);
  const statefun = new StateFun();
  statefun.bind(count);
  const handler = statefun.handler();
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    handler(request, response);
  });
  const port = await listen(server, FIRST_PORT);
  return {
    port,
    requests: () => requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
