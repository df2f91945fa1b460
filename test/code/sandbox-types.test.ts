import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUFFER_GLOBALS } from '../../src/code/buffer-types.ts';
import { WEB_GLOBALS } from '../../src/code/sandbox-types.ts';
import { callOnce, teller, told } from '../support/sandbox-calls.ts';
import { startSandbox } from '../support/sandbox-driver.ts';

/** What function code writes, each with what it gives in Node. */
const USES: readonly (readonly [code: string, gives: unknown])[] = [
  [`const bytes = Buffer.alloc(4); bytes.writeInt32BE(250); return bytes.toString('hex');`, '000000fa'],
  [`return Buffer.from('000000fa', 'hex').readInt32BE();`, 250],
  [`const bytes = Buffer.alloc(8); return bytes.writeDoubleLE(1.5, 0) + bytes.readDoubleLE(0);`, 9.5],
  [`const bytes = Buffer.allocUnsafe(8); bytes.writeBigUInt64BE(7n); return bytes.readBigUInt64BE().toString();`, '7'],
  [`const bytes = Buffer.alloc(3); bytes.writeUIntBE(0x010203, 0, 3); return [...bytes];`, [1, 2, 3]],
  [`const bytes = Buffer.alloc(3, 'a'); bytes.writeUInt8(98, 1); return bytes.toString();`, 'aba'],
  [`return [...Buffer.concat([Buffer.from([1]), new Uint8Array([2])]).subarray(1)];`, [2]],
  [`return Buffer.byteLength('é') + Buffer.compare(Buffer.from('a'), Buffer.from('b'));`, 1],
  [`return Buffer.from(new TextEncoder().encode('é')).toString('base64');`, 'w6k='],
  [`return Buffer.from('abc').subarray(1).toString() + Buffer.from('abc').indexOf('c');`, 'bc2'],
  [`return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.of(97).buffer);`, 'a'],
  [
    `const query = new URLSearchParams([['a', '1'], ['a', '2']]); query.delete('b'); return [query.getAll('a'), query.has('a'), query.size];`,
    [['1', '2'], true, 2],
  ],
  [`return [...new URL('https://a.example/b?c=d').searchParams];`, [['c', 'd']]],
  [`return URL.canParse('not a url');`, false],
  [`const headers = new Headers({ 'X-A': '1' }); headers.append('x-a', '2'); return [...headers];`, [['x-a', '1, 2']]],
  [`return await new Response('{"a":1}', { status: 201 }).clone().json();`, { a: 1 }],
  [`return [Response.json({ a: 1 }).ok, [...(await new Response('a').bytes())]];`, [true, [97]]],
  [`return new Request('https://a.example/', { method: 'POST', body: new URLSearchParams({ a: '1' }) }).method;`, 'POST'],
  [
    `try { await fetch(new Request('https://a.example/'), { signal: AbortSignal.abort() }); } catch (error) { return error instanceof DOMException && error.name; }`,
    'AbortError',
  ],
  [
    `console.table([1]); console.trace('here'); console.assert(false, 'not'); console.dir({}); console.time(); return performance.timeOrigin > 0;`,
    true,
  ],
  [`return self === globalThis && structuredClone({ a: 1 });`, { a: 1 }],
];

const folder = mkdtempSync(join(tmpdir(), 'sandbox-types-'));

beforeAll(() => {
  const options = { strict: true, noEmit: true, module: 'esnext', target: 'esnext', lib: ['es2023'], types: [] };
  writeFileSync(join(folder, 'globals.d.ts'), BUFFER_GLOBALS + WEB_GLOBALS);
  writeFileSync(join(folder, 'uses.ts'), USES.map(([code]) => `async () => { ${code} };\n`).join(''));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['globals.d.ts', 'uses.ts'] }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the editor knows what function code has beside the language', () => {
  const { stdout } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', folder, '--pretty', 'false'], {
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});

test.each(USES)('what the editor knows is there when it runs: %s', async (code, gives) => {
  const sandbox = await startSandbox({ 'functions/f.ts': teller(`return (async () => { ${code} })().then(tell);`) });
  expect(told(await callOnce(sandbox, { to: 't/f' }))).toEqual([gives]);
});
