/** module-yaml.md §1, §3 and §5: what holds for every component, and for the file as a whole. */
import { describe, expect, it } from 'vitest';
import { decodeModule } from '../../src/module-yaml/decode.ts';
import { moduleDefinition } from '../../src/module-yaml/definition.ts';
import { urlFault } from '../../src/module-yaml/url-check.ts';
import { beside, component, ENDPOINT, faults, INGRESS, verdicts } from '../support/module-text.ts';

const EGRESS = component('io.statefun.kafka.v1/egress', 'id: shop/out', 'address: kafka:9092');

describe('a file as a whole', () => {
  it('has nothing to say against a good one', () => {
    expect(verdicts(beside(EGRESS))).toEqual([]);
  });

  it('needs an ingress, then an endpoint, to start', () => {
    expect(verdicts(ENDPOINT)).toEqual(['no-ingress@start']);
    expect(faults(INGRESS)).toEqual(['no-endpoint@start']);
  });

  it.each([
    ['a document that is no component', `${ENDPOINT}---\nkind: io.statefun.kafka.v1/ingress\nspce: {}\n`, ['not-a-component@load']],
    ['a kind that is unknown', `${ENDPOINT}---\nkind: io.statefun.kafka.v2/ingres\nspec: {id: a/b}\n`, ['unknown-kind@load']],
    [
      'an item of the old form that is none',
      'version: "3.0"\nmodule:\n  meta: {type: remote}\n  spec:\n    ingresses: [{}]\n',
      ['legacy-shape@load'],
    ],
  ])('is not asked for an ingress or an endpoint beside %s', (_, text, expected) => {
    expect(verdicts(text)).toEqual(expected);
  });

  it('shows a topic that two ingresses read at the second of them', () => {
    const second = INGRESS.replace('shop/orders', 'shop/again');
    const text = [ENDPOINT, INGRESS, second].join('---\n');
    const [problem] = decodeModule(text).problems;
    expect([problem?.code, problem?.range?.from]).toEqual(['topic-read-twice', text.lastIndexOf('topic: orders') + 'topic: '.length]);
  });

  it.each([
    ['two endpoints for one namespace', beside(ENDPOINT)],
    [
      'endpoints v1 and v2 for one function',
      beside(component('io.statefun.endpoints.v1/http', 'functions: shop/*', 'urlPathTemplate: http://h:80/')),
    ],
    ['two ingresses of one id', beside(INGRESS)],
    [
      'a Kafka and a Kinesis ingress of one id',
      beside(
        component('io.statefun.kinesis.v1/ingress', 'id: shop/orders', 'streams: [{stream: s, valueType: a/b, targets: [shop/order]}]'),
      ),
    ],
    ['two egresses of one id, one with a trailing slash', beside(EGRESS, EGRESS.replace('shop/out', 'shop/out/'))],
  ])('refuses %s', (_, text) => {
    expect(faults(text)).toEqual(['duplicate-name@load']);
    const nodes = decodeModule(text).components.map(({ node }) => node);
    expect(new Set(nodes).size).toBe(nodes.length);
  });

  it('takes an ingress and an egress of one id, and ns/* beside ns/name', () => {
    const twin = EGRESS.replace('shop/out', 'shop/orders');
    const text = beside(twin, ENDPOINT.replace('shop/*', 'shop/order'));
    expect(faults(text)).toEqual([]);
    const [warning] = decodeModule(text).problems;
    expect(warning).toMatchObject({ code: 'two-patterns', severity: 'warning', node: 'endpoint:shop/order' });
    expect(text.slice(warning?.range?.from, warning?.range?.to)).toBe('shop/order');
  });

  it('offers the served function that a misspelt target means', () => {
    const text = beside().replace('- shop/order', '- shopp/order');
    const problem = decodeModule(text).problems.find(({ code }) => code === 'target-not-served');
    expect(problem?.fix).toMatchObject({ label: 'Write shop/order', edits: [{ insert: 'shop/order' }] });
  });

  it('warns of a target that no endpoint serves: a namespace covers only itself', () => {
    const text = beside(
      INGRESS.replace('shop/orders', 'shop/more').replace('topic: orders', 'topic: more').replace('shop/order\n', 'shop.eu/order\n'),
    );
    const problem = decodeModule(text).problems.find(({ code }) => code === 'target-not-served');
    expect(problem).toMatchObject({ severity: 'warning', moment: 'call', node: 'function:shop.eu/order' });
    expect(text.slice(problem?.range?.from, problem?.range?.to)).toBe('shop.eu/order');
  });
});

describe('kind', () => {
  const ofKind = (kind: string) => beside(`kind: ${kind}\nspec:\n  id: shop/out\n  address: kafka:9092\n`);

  it.each(['http', 'a/b/c', '12', 'null', ''])('%j is none', (kind) => {
    expect(faults(ofKind(kind))).toContain('bad-typename@load');
  });

  it.each([
    ['io.statefun.kafka.v1/egres', 'io.statefun.kafka.v1/egress'],
    ['IO.statefun.kafka.v1/egress', 'io.statefun.kafka.v1/egress'],
    ['" io.statefun.kafka.v1/egress"', 'io.statefun.kafka.v1/egress'],
    ['io.statefun.kafka/egress', 'io.statefun.kafka.v1/egress'],
  ])('%s is unknown, and the one that was meant is offered', (kind, meant) => {
    const problem = decodeModule(ofKind(kind)).problems.find(({ code }) => code === 'unknown-kind');
    expect(problem).toMatchObject({ moment: 'load', fix: { label: `Write ${meant}` } });
  });

  it('tolerates a trailing slash', () => {
    expect(verdicts(beside(EGRESS.replace('egress\n', 'egress/\n')))).toEqual([]);
  });

  it('keeps a custom kind as a component of its own, with a warning', () => {
    const text = beside(component('com.example/pulsar', 'id: shop/in', 'url: pulsar://x', 'deep: {a: [1, yes]}'));
    const custom = decodeModule(text).components.at(-1);
    expect(custom).toMatchObject({
      node: 'custom:com.example/pulsar#2',
      role: 'custom',
      kind: 'com.example/pulsar',
      title: 'shop/in',
      spec: { id: 'shop/in', url: 'pulsar://x', deep: { a: [1, true] } },
      definition: null,
    });
    expect(decodeModule(text).problems.map(({ code, severity }) => [code, severity])).toEqual([['unknown-kind', 'warning']]);
  });
});

describe('spec', () => {
  it.each(['io.statefun.kafka.v1/egress', 'com.example/thing'])('of %s may not be empty', (kind) => {
    expect(faults(beside(`kind: ${kind}\nspec:\n`))).toContain('empty-spec@load');
  });

  it('warns of fields that the loader ignores, and offers the name that was meant', () => {
    const text = beside(
      component('io.statefun.kafka.v1/egress', 'id: shop/out', 'address: kafka:9092', 'deliverySemantics: {type: none}', 'colour: red'),
    );
    const problems = decodeModule(text).problems;
    expect(problems.map(({ code, severity, field, fix }) => ({ code, severity, field, fix: fix?.label }))).toEqual([
      { code: 'unknown-field', severity: 'warning', field: ['deliverySemantics'], fix: 'Write deliverySemantic' },
      { code: 'unknown-field', severity: 'warning', field: ['colour'], fix: undefined },
    ]);
  });

  it.each([
    ['endpoints.v2/http', 'transports: {}', 'transport'],
    ['endpoints.v2/http', 'transport: {poolSize: 1}', 'pool_size'],
    ['kafka.v1/ingress', 'Topics: []', null],
  ])('of %s with %s points out the misspelling', (kind, line, meant) => {
    const problems = decodeModule(component(`io.statefun.${kind}`, line)).problems.filter(({ code }) => code === 'unknown-field');
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(meant ?? 'topics');
  });
});

describe('a typename', () => {
  const named = (id: string) => beside(component('io.statefun.kafka.v1/egress', `id: ${id}`, 'address: kafka:9092'));
  it.each(['a/b', 'a/b/', 'a/b//', '/b', '"a b/c d"', 'ä/ö'])('may be %s', (id) => {
    expect(verdicts(named(id))).toEqual([]);
  });
  it.each(['a', 'a/', '/', 'a/b/c', 'a//b', '12'])('may not be %s', (id) => {
    expect(faults(named(id))).toEqual(['bad-typename@load']);
  });
  it.each(['', 'null', '~'])('may not be left as %j', (id) => {
    expect(faults(named(id))).toEqual(['null-field@load']);
  });
  it('is normalized: trailing slashes name the same item', () => {
    expect(decodeModule(named('a/b//')).components.at(-1)?.node).toBe('egress:a/b');
  });
});

describe('a URL', () => {
  const both = [
    'http://h',
    'https://h:443/p?q=1#f',
    'HTTP://user:pw@h/p',
    'http://[::1]:80/',
    'http://127.0.0.1:8000/x',
    'http://h/ä/ö',
    'http://{function.name}.svc/{function.name}?x={function.name}',
    'http://h/%20',
  ];
  it.each(both)('may be %s', (url) => {
    expect([urlFault(url, 'async'), urlFault(url, 'okhttp')]).toEqual([null, null]);
  });

  const neither = [
    'http://h/{function.namespace}',
    'http://h/{ function.name }',
    'http://h/{Function.Name}',
    'http://h/a b',
    ' http://h/',
    'http://h/\n',
    'http://h:65536/',
    'http://h:port/',
    'http://',
    'h:80/path/x y',
    'functions/path',
    'http://h/%2',
    'http://h/%zz',
    'http://h/a|b',
  ];
  it.each(neither)('may not be %j', (url) => {
    expect([urlFault(url, 'async'), urlFault(url, 'okhttp')]).not.toContain(null);
  });

  it.each(['http://shop_fns:80/', 'http://-a.b/', 'http://a-.b/', 'http://a.1b/', 'http:///path', 'http:/path'])(
    '%s is fine for okhttp only',
    (url) => {
      expect([urlFault(url, 'async') !== null, urlFault(url, 'okhttp')]).toEqual([true, null]);
    },
  );

  it('speaks unix sockets with okhttp only, where the path names a .sock file', () => {
    expect(urlFault('http+unix:///run/fn.sock/statefun', 'okhttp')).toBeNull();
    expect(urlFault('http+unix:///run/fn/statefun', 'okhttp')).not.toBeNull();
    expect(urlFault('http+unix:///run/fn.sock/statefun', 'async')).not.toBeNull();
  });

  it('has its scheme checked by okhttp only', () => {
    expect([urlFault('ftp://h/p', 'async'), urlFault('ftp://h/p', 'okhttp') !== null]).toEqual([null, true]);
    expect(verdicts(beside(ENDPOINT.replace('shop/*', 'a/*').replace('http://', 'ftp://')))).toEqual(['bad-url']);
  });
});

describe('the definition of a module', () => {
  it('has what a run needs, with the defaults of the loader', () => {
    expect(moduleDefinition(decodeModule(beside(EGRESS)))).toEqual({
      endpoints: [
        {
          type: 'endpoint',
          kind: 'io.statefun.endpoints.v2/http',
          pattern: { namespace: 'shop', name: '*' },
          urlPathTemplate: 'http://functions:8000/statefun',
          maxNumBatchRequests: 1000,
          transport: 'async',
          timeouts: expect.objectContaining({ call: 120_000, connect: 20_000 }),
        },
      ],
      ingresses: [
        {
          type: 'ingress',
          kind: 'io.statefun.kafka.v1/ingress',
          connector: 'kafka',
          id: 'shop/orders',
          startupPosition: { type: 'latest' },
          routes: [{ topic: 'orders', valueType: 'shop.types/order', targets: ['shop/order'] }],
        },
      ],
      egresses: [
        {
          type: 'egress',
          kind: 'io.statefun.kafka.v1/egress',
          connector: 'kafka',
          id: 'shop/out',
          delivery: 'at-least-once',
          transactionTimeout: null,
        },
      ],
    });
  });
});

describe('the place of a component', () => {
  it('has its leading comment in it, and not what stands apart above the first one', () => {
    const first = '# About orders.\n# Two lines.\n';
    const text = `# A licence.\n\n${first}${ENDPOINT}---\n\n# The orders\n${INGRESS}`;
    const decoded = decodeModule(text);
    expect(decoded.components.map(({ range }) => text.slice(range.from, range.to))).toEqual([
      `${first}${ENDPOINT}`.trimEnd(),
      `# The orders\n${INGRESS}`.trimEnd(),
    ]);
    expect(decoded.components.map(({ lines }) => lines)).toEqual([
      { from: 3, to: 8 },
      { from: 11, to: 21 },
    ]);
  });
});
