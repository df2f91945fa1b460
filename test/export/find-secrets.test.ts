import { describe, expect, it } from 'vitest';
import { findSecrets, quotableTexts } from '../../src/export/find-secrets.ts';
import { projectOf } from '../../src/model/project.ts';
import { decodeModule } from '../../src/module-yaml/decode.ts';
import { exampleFiles, exportOf, textOf, withModule } from './deployment.ts';

function found(files: Readonly<Record<string, string>>) {
  return findSecrets(projectOf(files), decodeModule(files['module.yaml'] ?? ''));
}

const MODULE = `kind: io.statefun.kafka.v1/ingress
spec:
  id: shop/orders
  address: kafka:9092
  consumerGroupId: shop
  topics: [{topic: orders, valueType: a/b, targets: [shop/one]}]
  properties:
    - ssl.keystore.location: /etc/keys/store.jks
    - ssl.keystore.password: hunter2hunter2
    - sasl.jaas.config: org.apache.kafka.PlainLoginModule required password="hunter2hunter2";
---
kind: io.statefun.kinesis.v1/egress
spec:
  id: shop/clicks
  awsRegion: {type: specific, id: eu-central-1}
  awsCredentials:
    type: basic
    accessKeyId: AKIAABCDEFGHIJKLMNOP
    secretAccessKey: hunter2hunter2
---
kind: io.statefun.endpoints.v2/http
spec:
  functions: shop/*
  urlPathTemplate: https://me:hunter2hunter2@functions.example.com/statefun
  transport:
    type: io.statefun.transports.v1/async
    client_key_password: hunter2hunter2
`;

describe('secrets', () => {
  it('in module.yaml are told with their lines, and a path is none', () => {
    expect(found({ 'module.yaml': MODULE }).map(({ kind, line }) => [kind, line])).toEqual([
      ['client-property', 9],
      ['client-property', 10],
      ['aws-credentials', 18],
      ['aws-credentials', 19],
      ['url-password', 24],
      ['key-password', 27],
    ]);
  });

  it.each([
    ["const password = 'hunter2hunter2';"],
    ['  apiKey: "0123456789abcdef",'],
    ["fetch('https://me:hunter2@api.example.com/x')"],
    ['-----BEGIN RSA PRIVATE KEY-----'],
    ["headers: { Authorization: 'Bearer abcdefghij0123456789' }"],
    ["const id = 'AKIAABCDEFGHIJKLMNOP';"],
  ])('in code are told: %s', (line) => {
    expect(found({ 'functions/a.ts': `// first\n${line}\n` })).toMatchObject([{ kind: 'secret-in-code', path: 'functions/a.ts', line: 2 }]);
  });

  it.each([
    ['const password = process.env.PASSWORD;'],
    ["const passwordField = 'password';"],
    ["const url = 'https://api.example.com/a:b@c';"],
    ["const password = 'your-password-here';"],
    ['const secretSanta = pickOne(friends);'],
    ["const tokenName = 'x';"],
  ])('are not seen in %s', (line) => {
    expect(found({ 'functions/a.ts': line })).toEqual([]);
  });

  it('are files that exist to hold them, and not their examples', () => {
    const files = { '.env': '', '.env.production': '', '.env.example': '', 'keys/client.pem': '', 'a.jks': '', 'functions/key.ts': '' };
    expect(found(files).map(({ path }) => path)).toEqual(['.env', '.env.production', 'a.jks', 'keys/client.pem']);
  });

  it('are in no text that may be quoted, and all other lines stay where they are', () => {
    const jaas = "    - sasl.jaas.config: >-\n        PlainLoginModule required\n        password='hunter2hunter2';\n";
    const module = MODULE.replace(/    - sasl.jaas.config: .*\n/, jaas);
    const files = {
      'module.yaml': module,
      '.env': 'A=hunter2hunter2',
      'functions/a.ts': "const a = 1;\nconst password = 'hunter2hunter2';\nf();\n",
    };
    const texts = quotableTexts(projectOf(files), decodeModule(module));
    const lines = module.split('\n').map((line, index) => ([8, 9, 10, 11, 19, 20, 25, 28].includes(index) ? '' : line));
    expect([...texts].map(([path, text]) => [path, text.split('\n')])).toEqual([
      ['module.yaml', lines],
      ['functions/a.ts', ['const a = 1;', '', 'f();', '']],
    ]);
  });

  it.each(['greeter', 'shopping-cart', 'fraud-detection'])('are not seen in %s, nor in its export', (example) => {
    expect(found(Object.fromEntries([...exportOf(exampleFiles(example)).files].map(([path, text]) => [path, String(text)])))).toEqual([]);
  });

  it('are never written into what the export makes', () => {
    const exported = exportOf(withModule(MODULE, { '.env': 'hunter2hunter2' }), {
      kubernetes: { functionsImage: 'a:1', checkpoints: { type: 'claim', name: 'c' } },
    });
    for (const path of exported.generated) {
      expect(textOf(exported, path)).not.toContain('hunter2');
    }
    expect(JSON.stringify([exported.notes, exported.secrets])).not.toContain('hunter2');
    expect(textOf(exported, 'README.md')).toContain('`module.yaml:19` holds secretAccessKey of shop/clicks.');
  });

  it('in files of their own are left out when that is asked', () => {
    const exported = exportOf(withModule(MODULE, { '.env': 'A=1' }), { withoutSecrets: true });
    expect([...exported.files.keys()]).not.toContain('.env');
  });
});
