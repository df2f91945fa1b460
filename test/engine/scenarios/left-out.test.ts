/**
 * An export without its secrets on the real StateFun: what its module.yaml names instead is looked up by the clients that StateFun brings, and
 * what is filled in when a container starts loads.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { filePath } from '../../../src/base/ids.ts';
import { textFile } from '../../../src/model/project.ts';
import { exportOf, textOf } from '../../export/deployment.ts';
import { startExportedServer } from '../../support/exported-server.ts';
import { loadExample } from '../../support/load-example.ts';
import { connectPartner } from '../driver/partner-client.ts';
import { judgeAll } from '../verdict/real-loader.ts';
import { playBothWays } from './both-ways.ts';

const FOLDER = '/opt/statefun/secrets';

function folderOf(secrets: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'statefun-secrets-'));
  for (const [name, value] of Object.entries(secrets)) {
    writeFileSync(join(folder, name), value);
  }
  return folder;
}

it('has its Kafka clients read from files what module.yaml names in place of a secret', async () => {
  const files = loadExample('greeter');
  const partner = await connectPartner(inject('partner'));
  const original = textFile({ files }, filePath('module.yaml')) ?? '';
  const exported = exportOf(
    Object.fromEntries([
      ...files,
      ['module.yaml', original.replace('  topics:', '  properties:\n    - ssl.key.password: hunter2hunter2\n  topics:')],
    ]),
    { withoutSecrets: true },
  );
  // No secret of a client shows with a broker that asks for none: its address and the group are looked up in the same way.
  const folder = folderOf({ GREETER_VISITS_SSL_KEY_PASSWORD: 'hunter2hunter2', BROKER: partner.place.kafka, GROUP: 'greeter-from-a-file' });
  const module = textOf(exported, 'module.yaml')
    .replace('  address: kafka:9092\n', '')
    .replace(/ {2}consumerGroupId: .*\n/, '')
    .replace(
      '    - ssl.key.password:',
      `    - bootstrap.servers: \${secrets:${FOLDER}:BROKER}\n    - group.id: \${secrets:${FOLDER}:GROUP}\n    - ssl.key.password:`,
    )
    .replaceAll(FOLDER, folder);
  const server = await startExportedServer(files, 'installed');
  try {
    expect(module).toContain(`bootstrap.servers: \${secrets:${folder}:BROKER}`);
    const scenario = textFile({ files }, filePath('scenarios/regulars.yaml')) ?? '';
    const { engine, simulated } = await playBothWays(partner, {
      name: 'greeter-left-out',
      files,
      scenario,
      module,
      functions: server.port,
    });
    expect(Object.values(engine.committed).flat()).toHaveLength(5);
    expect(engine).toEqual(simulated);
  } finally {
    await server.stop();
    partner.close();
  }
});

it('has a module.yaml that the loader takes once the script has filled it in', async () => {
  const exported = exportOf(
    {
      'module.yaml': `kind: io.statefun.kinesis.v1/ingress
spec:
  id: shop/clicks
  streams: [{stream: clicks, valueType: a/b, targets: [shop/one]}]
  awsRegion: {type: specific, id: eu-central-1}
  awsCredentials: {type: basic, accessKeyId: AKIAABCDEFGHIJKLMNOP, secretAccessKey: aws-secret-1}
  clientConfigProperties:
    - proxyPassword: 'proxy"pass\\1'
---
kind: io.statefun.endpoints.v2/http
spec:
  functions: shop/*
  urlPathTemplate: http://functions:8000/statefun?code=function-key-1
`,
      'functions/one.ts': "export const spec = { typename: 'shop/one', fn: () => undefined };\n",
    },
    { withoutSecrets: true },
  );
  const folder = folderOf({ SHOP_CLICKS_PROXY_PASSWORD: 'proxy"pass\\1: #\n', SHOP_ALL_TOKEN: 'function-key-1' });
  mkdirSync(join(folder, 'modules'));
  writeFileSync(join(folder, 'template.yaml'), textOf(exported, 'module.yaml'));
  writeFileSync(join(folder, 'render.sh'), textOf(exported, 'render-module.sh'));
  execFileSync('bash', [join(folder, 'render.sh')], {
    env: {
      PATH: process.env['PATH'],
      MODULE_TEMPLATE: join(folder, 'template.yaml'),
      MODULE_SECRETS: folder,
      MODULE_FILE: join(folder, 'modules/module.yaml'),
      MODULE_ENTRY: 'true',
    },
  });
  const [verdict] = await judgeAll([{ name: 'rendered', text: readFileSync(join(folder, 'modules/module.yaml'), 'utf8') }]);
  expect(verdict).toMatchObject({ load: 'accept', start: 'ok', call: 'ok', error: null });
  expect(JSON.stringify(verdict?.components)).toContain(JSON.stringify('proxy"pass\\1: #'));
  expect(JSON.stringify(verdict?.components)).toContain('http://functions:8000/statefun?code=function-key-1');
});
