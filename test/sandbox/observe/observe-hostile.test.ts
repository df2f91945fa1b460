import { expect, test } from 'vitest';
import { handler, observeOnce } from '../../support/observing-driver.ts';

const call = { to: 'lab/f', states: ['n', 'who'] };

test('code that patches what the language offers neither breaks the observing nor sees the harness’s values', async () => {
  const { observation, reply } = await observeOnce(
    {
      sources: handler(
        `    let armed = false; let stolen = '';`,
        `    for (const owner of [Array.prototype, String.prototype, Map.prototype, RegExp.prototype, Function.prototype] as any[]) {`,
        `      for (const key of Object.getOwnPropertyNames(owner)) {`,
        `        const was = Object.getOwnPropertyDescriptor(owner, key)!.value;`,
        `        if (typeof was === 'function' && key !== 'constructor')`,
        `          owner[key] = function (...args: unknown[]) { if (armed) stolen += key + ' '; return Reflect.apply(was, this, args); };`,
        `      }`,
        `    }`,
        `    armed = true;`,
        `    if (stolen) { void 0; }`,
        `    switch (7) { default: }`,
        `    armed = false;`,
        `    console.log('stolen:' + stolen);`,
      ),
      logpoints: [[15, '`x${armed}`']],
    },
    call,
  );
  expect(reply.logs.map(({ text }) => text)).toEqual(['stolen:']);
  expect(observation.marks.filter(({ place }) => place.line > 13).map(({ type, text }) => `${type} ${text}`)).toEqual([
    'branch ""',
    'logpoint xtrue',
    'branch 7',
    'log stolen:',
  ]);
});

test('code that finds the probe can only say wrong things about itself', async () => {
  const { observation, reply } = await observeOnce(
    {
      sources: handler(
        `    const probe = \\u0024probe as any;`,
        `    probe.s(-1); probe.s('0'); probe.s({ valueOf() { return 0; } }); probe.s(1e9);`,
        `    probe.b(NaN, 1); probe.l(1e6, () => 1); probe.t(0, 'x'); probe.l(0, () => { throw null; });`,
        `    const seen = [Object.getPrototypeOf(probe), Object.isFrozen(probe), Object.isFrozen(probe.s), probe.s.constructor === Function];`,
        `    try { probe.s.constructor('return 1'); seen[4] = 'compiled'; } catch { seen[4] = 'refused'; }`,
        `    console.log(JSON.stringify(seen));`,
      ),
    },
    call,
  );
  expect(reply.outcome.type).toBe('replied');
  expect(reply.logs[0]?.text).toBe('[null,true,true,true,"refused"]');
  expect(observation.files[0]?.reached).toEqual([5, 6, 7, 8, 9, 10]);
});

test('objects that throw when they are looked at are shown as such, and the call goes on', async () => {
  const { observation, reply } = await observeOnce(
    {
      sources: handler(
        `    const bad = new Proxy({}, { ownKeys() { throw new Error('no'); }, getPrototypeOf() { throw new Error('no'); } });`,
        `    if (bad) console.log(bad);`,
      ),
      logpoints: [[6, 'bad']],
    },
    call,
  );
  expect(reply.outcome.type).toBe('replied');
  expect(observation.marks.map(({ type, text }) => `${type} ${text}`)).toEqual([
    'logpoint [object that cannot be read]',
    'branch object',
    'log [object that cannot be read]',
  ]);
});

test('the number of marks is bounded, whatever the code does', async () => {
  const lines = Array.from({ length: 3000 }, (_, index) => `    if (${index} > 0) void 0;`);
  const { observation } = await observeOnce({ sources: handler(`    for (let i = 0; i < 40; i++) {`, ...lines, `    }`) }, call);
  expect(observation.marks.length).toBeLessThan(2000 * 21 + 1);
  expect(observation.marks.length).toBeGreaterThan(2000);
});
