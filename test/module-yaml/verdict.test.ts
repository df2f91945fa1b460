/** The verdict's own rules: environment, allowed kinds, places. What the loader says of files is in loader-verdicts.test.ts. */
import { describe, expect, it } from 'vitest';
import { moduleVerdict } from '../../src/module-yaml/verdict.ts';
import { beside, component, INGRESS } from '../support/module-text.ts';

const said = (text: string, options?: Parameters<typeof moduleVerdict>[1]) => {
  const { load, start, call } = moduleVerdict(text, options);
  return [load, start, call];
};

describe('custom kinds', () => {
  const custom = beside(component('com.example/thing', 'a: 1'));

  it('are refused unless they are allowed, and given as they are written then', () => {
    expect(said(custom)).toEqual(['reject', null, null]);
    expect(moduleVerdict(custom).problems).toMatchObject([{ code: 'unknown-kind', severity: 'error', moment: 'load' }]);
    const allowed = moduleVerdict(custom, { allowKinds: ['com.example/thing'] });
    expect([allowed.load, allowed.start, allowed.problems]).toEqual(['accept', 'ok', []]);
    expect(allowed.components.at(-1)).toEqual({ type: 'custom', kind: 'com.example/thing', spec: { a: 1 } });
  });

  it('may bind what the file lacks', () => {
    const lonely = component('com.example/thing', 'a: 1');
    expect(said(lonely, { allowKinds: ['com.example/thing'] })).toEqual(['accept', 'ok', 'ok']);
  });

  it('include the playground’s', () => {
    const playground = beside(component('io.statefun.playground.v1/egress', 'port: 8091', 'topics: [a]'));
    expect(said(playground)).toEqual(['reject', null, null]);
    expect(said(playground, { allowKinds: ['io.statefun.playground.v1/egress'] })).toEqual(['accept', 'ok', 'ok']);
  });
});

describe('the environment', () => {
  const at = (date: string) =>
    INGRESS.replace('spec:\n', `spec:\n  startupPosition: {type: date, date: ${date}}\n`).replace('shop/orders', 'a/b');

  it('has the time that is given', () => {
    const text = beside(at('2020-02-01 00:00:00.000 +0000'));
    expect(said(text, { now: 1_580_515_200_001 })).toEqual(['accept', 'ok', 'ok']);
    expect(said(text, { now: 1_580_515_200_000 })).toEqual(['accept', 'fail', null]);
    expect(said(beside(at('2999-01-01 00:00:00.000 +0000')))).toEqual(['accept', 'fail', null]);
  });

  it('has none of the files that are named', () => {
    const tls = (scheme: string) =>
      beside(
        component(
          'io.statefun.endpoints.v2/http',
          'functions: a/*',
          `urlPathTemplate: ${scheme}://h/`,
          'transport: {trust_cacerts: /etc/ca.pem}',
        ),
      );
    expect(said(tls('https'))).toEqual(['accept', 'ok', 'fail']);
    expect(said(tls('http'))).toEqual(['accept', 'ok', 'ok']);
  });
});

describe('files that are there', () => {
  const kinesis = component(
    'io.statefun.kinesis.v1/ingress',
    'id: a/in',
    'awsCredentials: {type: profile, profileName: p, profilePath: /home/me/.aws/credentials}',
    'streams: [{stream: s, valueType: a/t, targets: [shop/order]}]',
  );
  const secure = component(
    'io.statefun.endpoints.v2/http',
    'functions: shop/*',
    'urlPathTemplate: https://h/',
    'transport: {trust_cacerts: /etc/ca.pem, client_cert: /etc/me.pem, client_key: "file:/etc/me.key"}',
  );
  const text = `${secure}---\n${kinesis}`;
  const certificates = ['/etc/ca.pem', '/etc/me.pem', 'file:/etc/me.key'];

  it('are no fault: the verdict is then that of the rest', () => {
    expect(said(text)).toEqual(['accept', 'fail', null]);
    expect(said(text, { presentFiles: ['/home/me/.aws/credentials'] })).toEqual(['accept', 'ok', 'fail']);
    expect(moduleVerdict(text, { presentFiles: [...certificates, '/home/me/.aws/credentials'] })).toMatchObject({
      call: 'ok',
      problems: [],
    });
  });

  it('are told one by one where they are taken for absent', () => {
    const { problems } = moduleVerdict(text, { presentFiles: ['/etc/ca.pem', '/etc/me.pem'] });
    expect(problems.map(({ code, moment }) => [code, moment])).toEqual([
      ['absent-file', 'call'],
      ['absent-file', 'start'],
    ]);
    expect(problems[0]?.message).toContain('“file:/etc/me.key”. This check looks at no such files and takes them for absent');
  });
});

describe('problems', () => {
  it('have lines and columns from 1, by the line ends of editors', () => {
    const text = `\ufeff${beside(component('com.example/thing', 'a: 1'))}`.replaceAll('\n', '\r\n');
    const line = text.split('\r\n').indexOf('kind: com.example/thing') + 1;
    expect(moduleVerdict(text).problems).toMatchObject([{ code: 'unknown-kind', line, column: 7 }]);
    expect(moduleVerdict('\ufeffkind: a/b\nspec: {}\n').problems).toContainEqual(
      expect.objectContaining({ code: 'unknown-kind', line: 1, column: 7 }),
    );
  });

  it('of the file as a whole stand at its beginning', () => {
    expect(moduleVerdict('').problems).toMatchObject([
      { code: 'no-ingress', line: 1, column: 1 },
      { code: 'no-endpoint', line: 1, column: 1 },
    ]);
  });

  it('tell of bytes that are no UTF-8', () => {
    expect(moduleVerdict(new Uint8Array([0xff, 0xfe]))).toMatchObject({ load: 'reject', problems: [{ code: 'not-utf8' }] });
  });
});
