import { parseAllDocuments } from 'yaml';
import { describe, expect, it } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { leaveSecretsOut } from '../../src/export/secrets/leave-out.ts';
import { projectOf } from '../../src/model/project.ts';
import { decodeModule } from '../../src/module-yaml/decode.ts';

const LOGIN = 'org.apache.kafka.common.security.plain.PlainLoginModule required username="shop" password="c4rrot-c4ke";';

const MODULE = `# Once it was keystore-pass-1, long ago.
kind: io.statefun.kafka.v1/ingress
spec:
  id: shop/orders # stays
  address: kafka.example.com:9093
  consumerGroupId: shop
  topics:
    - topic: orders
      valueType: a/b
      targets: [shop/one]
  properties:
    - security.protocol: SASL_SSL
    - ssl.keystore.location: /etc/keys/store.jks
    - ssl.keystore.password: keystore-pass-1
    - sasl.jaas.config: ${LOGIN}
---
kind: io.statefun.kafka.v1/egress
spec:
  id: shop/alerts
  address: kafka.example.com:9093
  properties: [{security.protocol: SASL_SSL}, {sasl.jaas.config: '${LOGIN}'}]
---
kind: io.statefun.kinesis.v1/egress
spec:
  id: shop/clicks
  awsRegion: {type: specific, id: eu-central-1}
  awsCredentials:
    type: basic
    accessKeyId: AKIAABCDEFGHIJKLMNOP
    secretAccessKey: aws-secret-key-1
  clientConfigProperties:
    - proxyPassword: "proxy \\"pass\\" 1"
---
kind: io.statefun.endpoints.v2/http
spec:
  functions: shop/*
  urlPathTemplate: https://me:url-password-1@functions.example.com/statefun?code=function-key-1
  transport:
    type: io.statefun.transports.v1/async
    client_key_password: clientkeypass1
`;

const CODE = `const apiKey = 'api-key-0123'; // was api-key-0123 before
export const headers = { Authorization: \`Bearer abcdefghij0123456789\`, 'x-password': "code-pass-77" };
`;

const SECRETS = [
  'c4rrot-c4ke',
  'keystore-pass-1',
  'AKIAABCDEFGHIJKLMNOP',
  'aws-secret-key-1',
  'proxy "pass" 1',
  'proxy \\"pass\\" 1',
  'url-password-1',
  'function-key-1',
  'clientkeypass1',
  'api-key-0123',
  'abcdefghij0123456789',
  'code-pass-77',
];

function specs(text: string): readonly unknown[] {
  return parseAllDocuments(text).map((document) => (document.toJS() as { spec: unknown }).spec);
}

function left(files: Readonly<Record<string, string | Uint8Array>>) {
  const project = projectOf(files);
  const before = new Map(project.files);
  const result = leaveSecretsOut(project);
  expect(new Map(project.files)).toEqual(before);
  return { ...result, text: (path: string) => String(result.project.files.get(filePath(path))) };
}

describe('a project without its secrets', () => {
  const result = left({ 'module.yaml': MODULE, 'functions/one.ts': CODE, '.env': 'A=keystore-pass-1', 'keys/a.pem': 'x' });

  it('W1 holds none of them, in whatever file', () => {
    for (const [path, content] of result.project.files) {
      for (const secret of SECRETS) {
        expect(`${path}: ${String(content)}`).not.toContain(secret);
      }
    }
    expect(result.problems).toEqual([]);
    expect([...result.project.files.keys()]).toEqual(['module.yaml', 'functions/one.ts']);
  });

  it('has them read by who can read them: Kafka’s clients, Amazon’s, the transport', () => {
    const provider = { 'config.providers.secrets.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider' };
    const login = '${secrets:/opt/statefun/secrets:SHOP_ORDERS_SASL_JAAS_CONFIG}';
    expect(specs(result.text('module.yaml'))).toMatchObject([
      {
        id: 'shop/orders',
        properties: [
          { 'config.providers': 'secrets' },
          provider,
          { 'security.protocol': 'SASL_SSL' },
          { 'ssl.keystore.location': '/etc/keys/store.jks' },
          { 'ssl.keystore.password': '${secrets:/opt/statefun/secrets:SHOP_ORDERS_SSL_KEYSTORE_PASSWORD}' },
          { 'sasl.jaas.config': login },
        ],
      },
      { properties: [{ 'config.providers': 'secrets' }, provider, { 'security.protocol': 'SASL_SSL' }, { 'sasl.jaas.config': login }] },
      { awsCredentials: { type: 'default' }, clientConfigProperties: [{ proxyPassword: '@SHOP_CLICKS_PROXY_PASSWORD@' }] },
      {
        urlPathTemplate: 'https://functions.example.com/statefun?code=@SHOP_ALL_TOKEN@',
        transport: { client_key_password: '/opt/statefun/secrets/SHOP_ALL_CLIENT_KEY_PASSWORD' },
      },
    ]);
  });

  it('keeps the comments, and the rest of the text', () => {
    const lines = result.text('module.yaml').split('\n');
    expect(lines[3]).toBe('  id: shop/orders # stays');
    expect(lines).toContain('    - ssl.keystore.location: /etc/keys/store.jks');
  });

  it('has code ask the environment', () => {
    expect(result.text('functions/one.ts')).toBe(
      "const apiKey = (process.env.API_KEY ?? ''); // was … before\n" +
        "export const headers = { Authorization: (process.env.BEARER_TOKEN ?? ''), 'x-password': (process.env.PASSWORD ?? '') };\n",
    );
  });

  it('tells each place, what stands there, and never the value', () => {
    expect(result.leftOut.map(({ path, line, name }) => [path, line, name])).toContainEqual([
      'module.yaml',
      14,
      'SHOP_ORDERS_SSL_KEYSTORE_PASSWORD',
    ]);
    for (const secret of SECRETS) {
      expect(JSON.stringify(result.leftOut)).not.toContain(secret);
    }
  });

  it('has nothing to leave out when it comes back', () => {
    const again = left(Object.fromEntries(result.project.files));
    expect(Object.fromEntries(again.project.files)).toEqual(Object.fromEntries(result.project.files));
    expect(again.leftOut).toEqual([]);
  });
});

describe('what cannot be taken out', () => {
  it.each([
    ['a template that is put together', 'const a = `https://me:hunter2hunter2@${host}/x`;\n'],
    ['a key in many literals', "const key = '-----BEGIN PRIVATE KEY-----' +\n  'abc';\n"],
  ])('W2 is a problem: %s', (_, code) => {
    const line = { from: 0, to: code.indexOf('\n') };
    expect(left({ 'functions/a.ts': code }).problems).toMatchObject([{ code: 'secret-stays', path: 'functions/a.ts', range: line }]);
  });

  it('W2 is a problem in bytes', () => {
    const bytes = new Uint8Array([0, 255, ...new TextEncoder().encode('keystore-pass-1'), 0]);
    expect(left({ 'module.yaml': MODULE, 'data/a.bin': bytes }).problems).toMatchObject([{ code: 'secret-stays', path: 'data/a.bin' }]);
  });
});

describe('several AWS credentials', () => {
  it('become profiles, since the environment holds one pair', () => {
    const egress = (id: string, secret: string): string =>
      `kind: io.statefun.kinesis.v1/egress\nspec:\n  id: shop/${id}\n  awsCredentials: {type: basic, accessKeyId: key-${id}, secretAccessKey: ${secret}}\n`;
    const result = left({ 'module.yaml': [egress('a', 'secret-aaa'), egress('b', 'secret-bbb'), egress('c', 'secret-aaa')].join('---\n') });
    const profile = (profileName: string) => ({
      awsCredentials: { type: 'profile', profileName, profilePath: '/opt/statefun/secrets/AWS_CREDENTIALS' },
    });
    expect(specs(result.text('module.yaml'))).toMatchObject([profile('statefun-1'), profile('statefun-2'), profile('statefun-3')]);
    expect(result.text('module.yaml')).not.toMatch(/secret-aaa|secret-bbb|key-a/);
  });
});

describe('a provider of the project’s own', () => {
  it('stays beside the one that is added', () => {
    const result = left({
      'module.yaml':
        'kind: io.statefun.kafka.v1/egress\nspec:\n  id: a/b\n  address: k:1\n  properties:\n    - config.providers: secrets\n    - config.providers.secrets.class: com.example.Vault\n    - ssl.key.password: key-password-1\n',
    });
    expect(specs(result.text('module.yaml'))).toMatchObject([
      {
        properties: [
          { 'config.providers': 'secrets,statefun-secrets' },
          { 'config.providers.statefun-secrets.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider' },
          { 'config.providers.secrets.class': 'com.example.Vault' },
          { 'ssl.key.password': '${statefun-secrets:/opt/statefun/secrets:A_B_SSL_KEY_PASSWORD}' },
        ],
      },
    ]);
  });
});

describe('however it is written', () => {
  const egress = (properties: string) => `kind: io.statefun.kafka.v1/egress\nspec:\n  id: a/b\n  address: k:1\n${properties}`;
  it.each([
    ['in single quotes', egress("  properties:\n    - ssl.key.password: 'hunter2 ''hunter2'\n")],
    ['in double quotes', egress('  properties:\n    - "ssl.key.password": "hunter2\\thunter2"\n')],
    ['as a block', egress('  properties:\n    - ssl.key.password: |\n        hunter2 hunter2\n        hunter2 again\n')],
    ['folded', egress('  properties:\n    - ssl.key.password: >-\n        hunter2 hunter2\n        hunter2 again\n')],
    ['over lines', egress('  properties:\n    - ssl.key.password: hunter2\n        hunter2 again\n')],
    ['in one line', egress('  properties: [{ssl.key.password: hunter2hunter2}, {a: b}]\n')],
    ['as a number', egress('  properties:\n    - ssl.key.password: 20012001\n')],
    ['behind an anchor', egress('  properties:\n    - ssl.key.password: &pw hunter2hunter2\n')],
    ['behind a tag', egress('  properties:\n    - ssl.key.password: !!str hunter2hunter2\n')],
    ['with a comment behind it', egress('  properties:\n    - ssl.key.password: hunter2hunter2 # once hunter2hunter2\n')],
    [
      'twice, and one does not count',
      egress('  properties:\n    - ssl.key.password: hunter2hunter2\n      ssl.key.password: hunter2hunter2\n'),
    ],
    ['in a property that is commented out', egress('  properties:\n    - a: b\n    # - ssl.key.password: hunter2hunter2\n')],
    [
      'in a login that asks for a token',
      egress('  properties:\n    - sasl.jaas.config: x required clientId="a" clientSecret="hunter2hunter2"; # hunter2hunter2\n'),
    ],
    [
      'in JSON',
      '{"kind": "io.statefun.kafka.v1/egress", "spec": {"id": "a/b", "address": "k:1", "properties": [{"ssl.key.password": "hunter2hunter2"}]}}\n',
    ],
    [
      'in the old form',
      'version: "3.0"\nmodule:\n  meta: {type: remote}\n  spec:\n    egresses:\n      - egress:\n          meta: {type: io.statefun.kafka/egress, id: a/b}\n          spec:\n            address: k:1\n            properties:\n              - ssl.key.password: hunter2hunter2\n',
    ],
  ])('it is found, and taken out or told to stay: %s', (_, text) => {
    const { problems, leftOut, text: after } = left({ 'module.yaml': text });
    expect(problems.length + leftOut.length).toBeGreaterThan(0);
    if (problems.length === 0) {
      expect(after('module.yaml')).not.toMatch(/hunter2|20012001/);
      const errors = (module: string) =>
        decodeModule(module)
          .problems.filter(({ severity }) => severity === 'error')
          .map(({ code }) => code);
      expect(errors(after('module.yaml'))).toEqual(errors(text));
    }
  });

  it('and none of these stays', () => {
    expect(left({ 'module.yaml': egress('  properties:\n    - ssl.key.password: |\n        hunter2 hunter2\n') }).problems).toEqual([]);
  });
});
