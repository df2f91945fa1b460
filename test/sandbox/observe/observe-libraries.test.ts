/** Code that is not TypeScript of the Studio's own kind is observed as well. */
import { expect, test } from 'vitest';
import { markLines, observeOnce } from '../../support/observing-driver.ts';

test('a hand-written CommonJS project with a sloppy library is observed line by line', async () => {
  const { observation, reply } = await observeOnce(
    {
      sources: {
        'functions/index.js': `#!/usr/bin/env node
const http = require('http');
const { StateFun } = require('apache-flink-statefun');
const { twice } = require('./vendor/twice.js');
const statefun = new StateFun();
statefun.bind({ typename: 'lab/f', fn: handle });
async function handle(context, message) {
  const value = twice(message.asString())
  if (value.length > 2) return console.log(value)
  else console.log('short')
}
http.createServer((req, res) => statefun.handler()(req, res)).listen(8000);
`,
        'functions/vendor/twice.js': `exports.twice = function (text) {
  var twice = 1; // sloppy
  with ({ text: text }) { return text + text }
}
`,
      },
      logpoints: [[9, 'value']],
    },
    { to: 'lab/f', messages: ['ab'] },
  );
  expect(reply.outcome.type).toBe('replied');
  expect(markLines(observation)).toEqual(['9:1 logpoint abab', '9:3 branch true', '9:40 log abab']);
  expect(observation.files).toEqual([
    { path: 'functions/index.js', reached: [8, 9], missed: [10, 12] },
    { path: 'functions/vendor/twice.js', reached: [2, 3], missed: [] },
  ]);
});

test('a library of a great size runs as it is', async () => {
  const { observation, reply } = await observeOnce(
    {
      sources: {
        'functions/f.ts': `import { sum } from './big.js';
export const f = { typename: 'lab/f', fn() { console.log(sum(1, 2)); } };`,
        'functions/big.js': `export function sum(a, b) { return a + b; }\n${'// filler '.repeat(40_000)}\n`,
      },
    },
    { to: 'lab/f' },
  );
  expect(reply.logs.map(({ text }) => text)).toEqual(['3']);
  expect(observation.files.map(({ path }) => path)).toEqual(['functions/f.ts']);
});
