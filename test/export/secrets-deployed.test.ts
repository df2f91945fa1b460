/** Where a project without its secrets runs, it is told them: by files, by its environment, and by what is filled in at the start. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { zipFiles } from '../../src/export/zip-files.ts';
import { schemaFaults } from '../support/json-schema.ts';
import { composeOf, exportOf, manifestsOf, textOf } from './deployment.ts';

const COMPOSE = JSON.parse(readFileSync(fileURLToPath(new URL('../support/schemas/compose-spec.json', import.meta.url)), 'utf8')) as Record<
  string,
  never
>;

const SECRETS = ['broker-pass-1', 'proxy"pass\\1', 'AKIAABCDEFGHIJKLMNOP', 'aws-secret-1', 'function-key-1', 'code-pass-77'];

const FILES = {
  'module.yaml': `kind: io.statefun.kafka.v1/ingress
spec:
  id: shop/orders
  address: kafka:9092
  consumerGroupId: shop
  topics: [{topic: orders, valueType: a/b, targets: [shop/one]}]
  properties:
    - ssl.key.password: broker-pass-1
---
kind: io.statefun.kinesis.v1/egress
spec:
  id: shop/clicks
  awsCredentials: {type: basic, accessKeyId: AKIAABCDEFGHIJKLMNOP, secretAccessKey: aws-secret-1}
  clientConfigProperties:
    - proxyPassword: 'proxy"pass\\1'
---
kind: io.statefun.endpoints.v2/http
spec:
  functions: shop/*
  urlPathTemplate: http://functions:8000/statefun?code=function-key-1
`,
  'functions/one.ts':
    "const password = 'code-pass-77';\nconst region = process.env.REGION ?? 'eu';\nexport const spec = { typename: 'shop/one', fn: () => [password, region] };\n",
  '.env': 'PASSWORD=code-pass-77\n',
  'README.md': '# The broker takes broker-pass-1\n',
};

const KUBERNETES = { functionsImage: 'registry.example.com/shop:1.0.0', checkpoints: { type: 'claim', name: 'c' } } as const;
const exported = exportOf(FILES, { withoutSecrets: true, kubernetes: KUBERNETES });

describe('an export without secrets', () => {
  it('has none of them in any byte of its ZIP', () => {
    for (const [path, bytes] of Object.entries(unzipSync(zipFiles(exported.files)))) {
      for (const secret of SECRETS) {
        expect([path, Buffer.from(bytes).includes(secret)]).toEqual([path, false]);
      }
    }
    expect(exported.secrets).toEqual([]);
    expect(exported.notes.map(({ code }) => code)).toContain('fill-in');
    expect(JSON.stringify([exported.notes, exported.leftOut])).not.toMatch(/broker-pass|aws-secret|code-pass/);
  });

  it('asks for each by name', () => {
    const asked = textOf(exported, '.env.example')
      .split('\n')
      .filter((line) => line.includes('='));
    expect(asked).toEqual([
      "SHOP_ALL_TOKEN=''",
      "SHOP_CLICKS_PROXY_PASSWORD=''",
      "SHOP_ORDERS_SSL_KEY_PASSWORD=''",
      "PASSWORD=''",
      "# REGION=''",
      "AWS_REGION=''",
      "# AWS_ACCESS_KEY_ID=''",
      "# AWS_SECRET_ACCESS_KEY=''",
      "# AWS_SESSION_TOKEN=''",
    ]);
  });

  it('is said to hold none, unlike one that keeps some', () => {
    expect(textOf(exported, 'RUNNING.md')).toContain('These files hold no secrets. Copy `.env.example` to `.env`');
    const kept = textOf(exportOf(FILES), 'RUNNING.md');
    expect(kept).not.toContain('These files hold no secrets');
    expect(kept).toContain('**Secret?** `module.yaml:8` holds ssl.key.password of shop/orders.');
  });

  it('hands them on in compose', () => {
    const compose = composeOf(exported);
    expect(schemaFaults(COMPOSE, compose as never)).toEqual([]);
    const { services, secrets } = compose as unknown as Record<string, Record<string, Record<string, unknown>>>;
    expect(secrets).toEqual({
      SHOP_ALL_TOKEN: { environment: 'SHOP_ALL_TOKEN' },
      SHOP_CLICKS_PROXY_PASSWORD: { environment: 'SHOP_CLICKS_PROXY_PASSWORD' },
      SHOP_ORDERS_SSL_KEY_PASSWORD: { environment: 'SHOP_ORDERS_SSL_KEY_PASSWORD' },
    });
    for (const role of ['statefun-manager', 'statefun-worker']) {
      expect(services?.[role]?.['secrets']).toContainEqual({
        source: 'SHOP_ORDERS_SSL_KEY_PASSWORD',
        target: '/opt/statefun/secrets/SHOP_ORDERS_SSL_KEY_PASSWORD',
      });
      expect(services?.[role]?.['entrypoint']).toEqual(['/bin/bash', '/opt/statefun/render/render-module.sh']);
      expect(services?.[role]?.['environment']).toMatchObject({ MODULE_FILE: '/opt/statefun/modules/shop/module.yaml' });
    }
    expect(services?.['functions']?.['environment']).toEqual({
      PASSWORD: '${PASSWORD:?the functions need it: see .env.example}',
      REGION: null,
    });
  });

  it('mounts them on Kubernetes, and module.yaml is a secret no more', () => {
    const kustomization = parse(textOf(exported, 'kustomization.yaml')) as Record<string, readonly { name: string }[]>;
    expect(kustomization['secretGenerator']).toBeUndefined();
    expect(kustomization['configMapGenerator']?.map(({ name }) => name)).toEqual(['shop-module', 'shop-flink', 'shop-render']);
    const pods = manifestsOf(exported, 'k8s/statefun.yaml').slice(1) as unknown as readonly {
      spec: {
        template: {
          spec: { containers: readonly { volumeMounts: readonly object[]; command: readonly string[] }[]; volumes: readonly object[] };
        };
      };
    }[];
    for (const { spec } of pods) {
      expect(spec.template.spec.volumes).toContainEqual({ name: 'secrets', secret: { secretName: 'shop-secrets' } });
      expect(spec.template.spec.containers[0]?.volumeMounts).toContainEqual({
        name: 'secrets',
        mountPath: '/opt/statefun/secrets',
        readOnly: true,
      });
      expect(spec.template.spec.containers[0]?.command).toEqual(['/bin/bash', '/opt/statefun/render/render-module.sh']);
    }
    expect(textOf(exported, 'k8s/functions.yaml')).toContain('name: shop-env');
    expect(textOf(exported, 'RUNNING.md')).toContain('kubectl create secret generic shop-env \\\n  --from-literal=PASSWORD="$PASSWORD"');
  });

  it('says where names stand that are filled in, be the copy for compose without any', () => {
    const files = { ...FILES, 'module.yaml': FILES['module.yaml'].replace('http://functions:8000', 'https://functions.example.com') };
    const local = exportOf(files, { withoutSecrets: true, functions: 'local' });
    expect(textOf(exported, 'RUNNING.md')).toContain('Where `module.yaml` has `@NAME@`');
    expect(textOf(local, 'RUNNING.md')).toContain('Where `module.yaml`, or its copy `module.compose.yaml`, has `@NAME@`');
  });

  it('gives the same bytes when it is exported again', () => {
    const again = exportOf(Object.fromEntries(exported.files), { withoutSecrets: true, kubernetes: KUBERNETES });
    expect(Object.fromEntries(again.files)).toEqual(Object.fromEntries(exported.files));
    expect([again.leftOut, again.aside]).toEqual([[], []]);
  });
});

describe('the script that fills them in', () => {
  function started(secrets: Readonly<Record<string, string>>) {
    const folder = mkdtempSync(join(tmpdir(), 'statefun-render-'));
    const path = (name: string): string => join(folder, name);
    mkdirSync(path('secrets'));
    for (const [name, value] of Object.entries(secrets)) {
      writeFileSync(path(`secrets/${name}`), value);
    }
    writeFileSync(path('template.yaml'), textOf(exported, 'module.yaml'));
    writeFileSync(path('entry.sh'), '#!/bin/bash\nprintf "%s," "$@"\n');
    chmodSync(path('entry.sh'), 0o755);
    writeFileSync(path('render.sh'), textOf(exported, 'render-module.sh'));
    const env = {
      PATH: process.env['PATH'],
      MODULE_TEMPLATE: path('template.yaml'),
      MODULE_SECRETS: path('secrets'),
      MODULE_ENTRY: path('entry.sh'),
      MODULE_FILE: path('modules/shop/module.yaml'),
    };
    return { folder, ...spawnSync('bash', [path('render.sh'), '--fromSavepoint', 'a b'], { encoding: 'utf8', env }) };
  }

  it('puts each value where its name stands, readable for StateFun alone, and starts StateFun with its arguments', () => {
    const { folder, stdout, status } = started({ SHOP_ALL_TOKEN: 'function-key-1\n', SHOP_CLICKS_PROXY_PASSWORD: 'proxy"pass\\1 @B_C@ &' });
    expect([status, stdout]).toEqual([0, '--fromSavepoint,a b,']);
    const file = join(folder, 'modules/shop/module.yaml');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const documents = readFileSync(file, 'utf8')
      .split('---\n')
      .map((text) => (parse(text) as { spec: unknown }).spec);
    expect(documents).toMatchObject([
      { properties: [{}, {}, { 'ssl.key.password': '${secrets:/opt/statefun/secrets:SHOP_ORDERS_SSL_KEY_PASSWORD}' }] },
      { clientConfigProperties: [{ proxyPassword: 'proxy"pass\\1 @B_C@ &' }] },
      { urlPathTemplate: 'http://functions:8000/statefun?code=function-key-1' },
    ]);
  });

  it('starts nothing when a value is missing, and says which', () => {
    const { status, stdout, stderr } = started({ SHOP_ALL_TOKEN: 'x' });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('SHOP_CLICKS_PROXY_PASSWORD');
  });

  it('is written for shells that check', () => {
    execFileSync('bash', ['-n'], { input: textOf(exported, 'render-module.sh') });
  });
});
