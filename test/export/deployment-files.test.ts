import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ExportOptions } from '../../src/export/export-options.ts';
import { DEFAULT_EXPORT } from '../../src/export/export-options.ts';
import { exportProject } from '../../src/export/export-project.ts';
import { projectOf } from '../../src/model/project.ts';
import { schemaFaults } from '../support/json-schema.ts';
import { composeOf, confOf, exampleFiles, exportOf, manifestsOf, textOf, withModule } from './deployment.ts';

const COMPOSE = schema('compose-spec.json');
const KUBERNETES = schema('kubernetes-1.32.json');

function schema(name: string) {
  return JSON.parse(readFileSync(fileURLToPath(new URL(`../support/schemas/${name}`, import.meta.url)), 'utf8')) as Record<string, never>;
}

const ENDPOINT = 'kind: io.statefun.endpoints.v2/http\nspec:\n  functions: shop/*\n  urlPathTemplate: http://functions:8000/statefun\n';

function ingress(address: string, more = ''): string {
  return `kind: io.statefun.kafka.v1/ingress
spec:
  id: shop/orders   # the orders
  address: ${address}
  consumerGroupId: shop
${more}  topics:
    - topic: orders
      valueType: shop.types/order
      targets: [shop/one]
`;
}

function egress(address: string, delivery: string): string {
  return `kind: io.statefun.kafka.v1/egress\nspec:\n  id: shop/receipts\n  address: ${address}\n  deliverySemantic: ${delivery}\n`;
}

function moduleOf(...documents: readonly string[]): string {
  return [ENDPOINT, ...documents].join('---\n');
}

const KUBERNETES_OPTIONS: ExportOptions['kubernetes'] = {
  functionsImage: 'registry.example.com/shop:1.0.0',
  checkpoints: { type: 'uri', uri: 's3://shop/checkpoints' },
};

describe('compose.yaml', () => {
  it.each([
    ['greeter', ['visits', 'greetings']],
    ['shopping-cart', ['add-to-cart', 'checkout', 'restock-items', 'receipts']],
    ['fraud-detection', ['transactions', 'fraud-confirmations', 'alerts']],
  ])('runs %s with module.yaml unchanged, no question asked, and makes its topics', (example, topics) => {
    const exported = exportOf(exampleFiles(example), {}, example);
    const { services } = composeOf(exported);
    expect(Object.keys(services)).toEqual(['kafka', 'kafka-topics', 'functions', 'statefun-manager', 'statefun-worker']);
    for (const service of ['statefun-manager', 'statefun-worker']) {
      expect(services[service]?.image).toBe('apache/flink-statefun:3.3.0');
      expect(services[service]?.volumes).toContain(`./module.yaml:/opt/statefun/modules/${example}/module.yaml:ro`);
      expect(services[service]?.environment?.['MASTER_HOST']).toBe('statefun-manager');
    }
    expect([services['statefun-manager'], services['statefun-worker']].map((service) => service?.environment?.['ROLE'])).toEqual([
      'master',
      'worker',
    ]);
    expect(services['kafka']?.environment?.['KAFKA_ADVERTISED_LISTENERS']).toContain('://kafka:9092');
    const made = /for topic in (.*?);/.exec(String(services['kafka-topics']?.command?.[0]))?.[1];
    expect(made?.split(' ')).toEqual(topics.toSorted());
    expect(exported.notes.filter(({ severity }) => severity === 'warning')).toEqual([]);
  });

  const everything: readonly (readonly [string, string, Partial<ExportOptions>])[] = [
    ['two brokers by two names', moduleOf(ingress('kafka-a:9092'), egress('kafka-b:9095', '{type: at-least-once}')), {}],
    ['an outside broker as it is', moduleOf(ingress('b1.example.com:9092,b2.example.com:9092')), {}],
    ['an outside broker with a stand-in', moduleOf(ingress('b1.example.com:9092,b2.example.com:9092')), { kafka: 'local' }],
    ['Kinesis', moduleOf(KINESIS()), {}],
    ['endpoints of two hosts', moduleOf(ENDPOINT.replace('shop/*', 'cart/*').replace('functions:8000', 'cart:8001')), {}],
    ['no endpoint', ingress('kafka:9092'), {}],
    ['the fork', moduleOf(ingress('kafka:9092')), { target: { type: 'kzmlabs', image: 'registry.example.com/statefun:1' } }],
    ['topics that were asked for', moduleOf(egress('kafka:9092', '{type: at-least-once}')), { topics: ['receipts', 'a_b.c-d'] }],
  ];
  it.each(everything)('is what the Compose specification takes, with %s', (_, module, options) => {
    expect(schemaFaults(COMPOSE, composeOf(exportOf(withModule(module), options)))).toEqual([]);
  });

  it('would be refused with a key that the specification does not have', () => {
    const { services } = composeOf(exportOf(exampleFiles('greeter')));
    expect(schemaFaults(COMPOSE, { services: { ...services, kafka: { ...services['kafka'], imaeg: 'x' } } })).not.toEqual([]);
  });

  it('has a broker for each name, and one server for all hosts of endpoints', () => {
    const cart = ENDPOINT.replace('shop/*', 'cart/*').replace('functions:8000', 'cart:8001');
    const exported = exportOf(withModule(moduleOf(cart, ingress('kafka-a:9092'), egress('kafka-b:9095', '{type: at-least-once}'))));
    const { services } = composeOf(exported);
    expect(services['kafka-a']?.environment?.['KAFKA_ADVERTISED_LISTENERS']).toContain('://kafka-a:9092');
    expect(services['kafka-b']?.environment?.['KAFKA_ADVERTISED_LISTENERS']).toContain('://kafka-b:9095');
    expect(services['functions']?.networks?.default.aliases).toEqual(['cart']);
    expect(exported.ports).toEqual([8000, 8001]);
  });

  it.each(['b1.example.com:9092', 'b1:9092,b2:9092', 'localhost:9092', '10.0.0.7:9092', 'statefun-worker:9092'])(
    'uses a broker at %s as it is, and says so',
    (address) => {
      const exported = exportOf(withModule(moduleOf(ingress(`"${address}"`))));
      expect(Object.keys(composeOf(exported).services)).toEqual(['functions', 'statefun-manager', 'statefun-worker']);
      expect(exported.notes).toContainEqual({ code: 'outside', severity: 'warning', message: expect.stringContaining(address) });
      expect([...exported.files.keys()]).not.toContain('module.compose.yaml');
    },
  );

  it('stands in for an outside broker, and its security, in a copy of module.yaml that says what is replaced', () => {
    const secured =
      '  properties:\n    - security.protocol: SASL_SSL\n    - sasl.jaas.config: secret of the users\n    - max.poll.records: 100\n';
    const module = moduleOf(ingress('b1.example.com:9093', secured), egress('"localhost:9092"', '{type: at-least-once}'));
    const exported = exportOf(withModule(module), { kafka: 'local', topics: ['receipts'] });
    expect(textOf(exported, 'module.yaml')).toBe(module);
    const copy = textOf(exported, 'module.compose.yaml');
    const [, kafka, out] = copy.split('---\n').map((document) => (parse(document) as { readonly spec: Record<string, unknown> }).spec);
    expect(kafka).toMatchObject({ address: 'kafka:9092', properties: [{ 'max.poll.records': '100' }] });
    expect(out).toMatchObject({ address: 'kafka-2:9092' });
    expect(copy).toContain('# the orders');
    expect(copy).not.toContain('secret of the users');
    expect(composeOf(exported).services['statefun-worker']?.volumes?.[0]).toMatch(/^\.\/module\.compose\.yaml:/);
    expect(exported.notes.filter(({ code }) => code === 'replaced-address').map(({ message }) => message)).toEqual([
      'In the copy of module.yaml for compose, address of shop/orders is kafka:9092 in place of b1.example.com:9093. module.yaml itself is unchanged.',
      'In the copy of module.yaml for compose, shop/orders goes without security.*, sasl.* and ssl.*, since the local Kafka has no security. module.yaml itself is unchanged.',
      'In the copy of module.yaml for compose, address of shop/receipts is kafka-2:9092 in place of localhost:9092. module.yaml itself is unchanged.',
    ]);
    const readme = textOf(exported, 'README.md');
    expect(readme).toContain('| `shop/orders` | `address` | `b1.example.com:9093` | `kafka:9092` |');
    expect(readme).toContain('| `shop/orders` | `properties` | `security.*, sasl.* and ssl.*` | left out |');
    expect(readme).not.toContain('secret of the users');
  });

  it('stands in for an endpoint that no container can be, keeping its path', () => {
    const module = ENDPOINT.replace('http://functions:8000/statefun', 'https://fns.example.com/{function.name}');
    const exported = exportOf(withModule(module), { functions: 'local' });
    expect(textOf(exported, 'module.compose.yaml')).toContain('urlPathTemplate: http://functions:8000/{function.name}');
    expect(Object.keys(composeOf(exported).services)).toContain('functions');
  });

  it('asks the manager whether Flink’s web page answers, where the image is known to have what asks', () => {
    const health = (target: ExportOptions['target']) =>
      composeOf(exportOf(exampleFiles('greeter'), { target })).services['statefun-manager']?.healthcheck;
    expect(health({ type: 'apache' })?.test).toEqual(['CMD', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:8081/overview']);
    expect(health({ type: 'kzmlabs', image: 'registry.example.com/statefun:1' })).toBeUndefined();
  });

  it('says what to put in the place of a record that no feed tells, since a function fails at it again and again', () => {
    const words = 'Put an id and a value of yours in the places of `key|value`';
    const readme = textOf(exportOf(withModule(moduleOf(ingress('kafka:9092')))), 'README.md');
    expect(readme).toContain(words);
    expect(readme).toContain("printf '%s\\n' 'key|value' | docker compose exec");
    expect(textOf(exportOf(exampleFiles('fraud-detection')), 'RUNNING.md')).not.toContain(words);
  });

  it('lets the broker take as long transactions as module.yaml asks for, and no longer ones', () => {
    const of = (timeout: string) => {
      const exported = exportOf(withModule(moduleOf(egress('kafka:9092', `{type: exactly-once, transactionTimeout: ${timeout}}`))));
      return composeOf(exported).services['kafka']?.environment?.['KAFKA_TRANSACTION_MAX_TIMEOUT_MS'];
    };
    expect(of('15min')).toBeUndefined();
    expect(of('20min')).toBe('1200000');
  });

  it('invents nothing for Kinesis: region and credentials come from the shell', () => {
    const exported = exportOf(withModule(moduleOf(KINESIS())));
    expect(composeOf(exported).services['statefun-worker']?.environment).toMatchObject({
      AWS_REGION: expect.stringMatching(/^\$\{AWS_REGION:\?/),
      AWS_SECRET_ACCESS_KEY: '${AWS_SECRET_ACCESS_KEY:-}',
    });
    expect(textOf(exported, 'compose.yaml')).not.toMatch(/localstack/i);
    expect(exported.notes.map(({ code }) => code)).toContain('kinesis');
  });

  it('says which egress writes to topics that the code does not tell', () => {
    const exported = exportOf(withModule(moduleOf(egress('kafka:9092', '{type: at-least-once}'))));
    expect(exported.notes).toContainEqual({
      code: 'unknown-topics',
      severity: 'warning',
      message: expect.stringContaining('shop/receipts'),
    });
    expect(textOf(exported, 'README.md')).toContain(
      '\ndocker compose exec -T kafka /opt/kafka/bin/kafka-topics.sh --bootstrap-server kafka:9092 --create --topic TOPIC\n',
    );
  });

  it('leaves out endpoints whose functions run elsewhere', () => {
    const python = ENDPOINT.replace('shop/*', 'py/*').replace('functions:8000', 'python:9000');
    const studio = JSON.stringify({
      version: 1,
      remotes: [{ functions: 'py/*', url: 'http://127.0.0.1:9000/statefun', timeoutMillis: 1000 }],
    });
    const exported = exportOf(withModule(moduleOf(python), { 'studio.json': studio }));
    expect(exported.ports).toEqual([8000]);
    expect(textOf(exported, 'compose.yaml')).not.toContain('python');
    expect(textOf(exported, 'README.md')).toContain('| `py/*` | `http://python:9000/statefun` |');
  });
});

function KINESIS(): string {
  return 'kind: io.statefun.kinesis.v1/ingress\nspec:\n  id: shop/clicks\n  awsRegion: {type: default}\n  streams:\n    - {stream: clicks, valueType: a/b, targets: [shop/one]}\n';
}

describe('the configuration of Flink', () => {
  const settings = (text: string) => ({ 'studio.json': JSON.stringify({ version: 1, settings: JSON.parse(text) as object }) });
  const conf = (text: string, options: Partial<ExportOptions> = {}) =>
    textOf(
      exportOf(withModule(moduleOf(ingress('kafka:9092')), settings(text)), options),
      options.target === undefined ? 'flink-conf.yaml' : 'config.yaml',
    );

  it("has the simulation's parallelism, checkpoint interval and restarts", () => {
    const text = conf(
      '{"parallelism":3,"checkpointIntervalMillis":5000,"restartStrategy":{"type":"fixed-delay","delayMillis":2500,"attempts":7}}',
    );
    expect(confOf(text)).toMatchObject({
      'parallelism.default': '3',
      'taskmanager.numberOfTaskSlots': '3',
      'execution.checkpointing.interval': '5000 ms',
      'restart-strategy': 'fixed-delay',
      'restart-strategy.fixed-delay.attempts': '7',
      'restart-strategy.fixed-delay.delay': '2500 ms',
      'classloader.parent-first-patterns.additional': 'org.apache.flink.statefun;org.apache.kafka;com.google.protobuf',
    });
  });

  it.each([
    [
      '{"type":"failure-rate","maxFailures":2,"intervalMillis":60000,"delayMillis":10}',
      'restart-strategy.failure-rate.max-failures-per-interval',
      '2',
    ],
    [
      '{"type":"exponential-delay","initialMillis":1,"maxMillis":2,"multiplier":1.5,"resetAfterMillis":4,"jitter":0.1}',
      'restart-strategy.exponential-delay.backoff-multiplier',
      '1.5',
    ],
    ['{"type":"none"}', 'restart-strategy', 'none'],
  ])('knows the strategy %s', (strategy, key, value) => {
    expect(confOf(conf(`{"checkpointIntervalMillis":1000,"restartStrategy":${strategy}}`))).toHaveProperty([key], value);
  });

  // S7
  it('has no interval where the simulation has none, and says what a failure then costs', () => {
    const unnamed = conf('{}');
    expect(confOf(unnamed)).not.toHaveProperty(['execution.checkpointing.interval']);
    expect(confOf(unnamed)).toHaveProperty(['restart-strategy'], 'none');
    expect(unnamed).toContain('# The first failure ends the job for good, and its state is gone.');
    expect(conf('{"restartStrategy":{"type":"fixed-delay","delayMillis":1000,"attempts":null,"named":true}}')).toContain(
      '# After a failure the job starts again with EMPTY state.',
    );
    const exported = exportOf(withModule(moduleOf(ingress('kafka:9092'))));
    expect(exported.notes.map(({ code }) => code)).toContain('no-checkpoints');
    expect(textOf(exported, 'README.md')).toContain('**No checkpoints.**');
    expect(textOf(exported, 'README.md')).not.toContain('RUNNING and does nothing');
  });

  it('says how to end the wait of a worker that failed in the midst of a checkpoint, by what is there', () => {
    const files = withModule(moduleOf(ingress('kafka:9092')), settings('{"checkpointIntervalMillis":5000}'));
    const readme = (options: Partial<ExportOptions>): string => textOf(exportOf(files, options), 'README.md');
    expect(readme({})).toContain('`docker compose restart statefun-worker` ends it at once');
    expect(readme({ kubernetes: KUBERNETES_OPTIONS })).toContain(
      '`docker compose restart statefun-worker` or `kubectl rollout restart deployment/statefun-worker` ends it at once',
    );
  });

  it('is marked as untested for the fork, everywhere', () => {
    const target = { type: 'kzmlabs', image: 'registry.example.com/statefun:1' } as const;
    const exported = exportOf(exampleFiles('greeter'), { target, kubernetes: KUBERNETES_OPTIONS });
    for (const path of ['compose.yaml', 'config.yaml', 'kustomization.yaml', 'k8s/config.yaml', 'k8s/statefun.yaml']) {
      expect(textOf(exported, path)).toContain('# UNTESTED');
    }
    const [, , intro, untested] = textOf(exported, 'RUNNING.md').split('\n\n');
    expect(intro?.replaceAll('\n', ' ')).toBe(
      'An Apache Flink Stateful Functions project: `module.yaml` for io.github.kzmlabs.flinkstatefun (Flink 2), the functions, and a server in `server/` that serves them with the official SDK (apache-flink-statefun 3.3.0).',
    );
    expect(untested).toMatch(/^\*\*Untested:\*\* artifacts of this runtime/);
    expect(parse(textOf(exported, 'config.yaml'))).toMatchObject({
      'restart-strategy.type': 'fixed-delay',
      'state.backend.type': 'rocksdb',
    });
    expect(exported.notes.map(({ code }) => code)).toContain('untested-runtime');
  });
});

describe('the manifests', () => {
  const cases: readonly (readonly [string, string, NonNullable<ExportOptions['kubernetes']>])[] = [
    ['checkpoints at a URI', moduleOf(ingress('kafka:9092')), KUBERNETES_OPTIONS as NonNullable<ExportOptions['kubernetes']>],
    ['a volume claim and Kinesis', moduleOf(KINESIS()), { functionsImage: 'shop:1', checkpoints: { type: 'claim', name: 'checkpoints' } }],
  ];
  it.each(cases)('are what Kubernetes takes, with %s', (_, module, kubernetes) => {
    const exported = exportOf(withModule(module), { kubernetes });
    const manifests = ['k8s/functions.yaml', 'k8s/statefun.yaml'].flatMap((path) => manifestsOf(exported, path));
    expect(manifests.map(({ kind }) => kind)).toEqual(['Service', 'Deployment', 'Service', 'Job', 'Deployment']);
    for (const manifest of manifests) {
      expect(schemaFaults({ ...KUBERNETES, $ref: `#/definitions/${String(manifest['kind'])}` } as never, manifest)).toEqual([]);
    }
  });

  it('would be refused with a field that Kubernetes does not have', () => {
    const [service] = manifestsOf(exportOf(exampleFiles('greeter'), { kubernetes: KUBERNETES_OPTIONS }), 'k8s/functions.yaml');
    const wrong = { ...service, spec: { ...(service?.['spec'] as object), prots: [] } };
    expect(schemaFaults({ ...KUBERNETES, $ref: '#/definitions/Service' } as never, wrong)).not.toEqual([]);
  });

  it('name only files that are there, and Services by the hosts of module.yaml', () => {
    const exported = exportOf(exampleFiles('fraud-detection'), { kubernetes: KUBERNETES_OPTIONS }, 'fraud');
    const kustomization = parse(textOf(exported, 'kustomization.yaml')) as {
      readonly resources: readonly string[];
      readonly configMapGenerator: readonly { readonly files: readonly string[] }[];
    };
    const named = [...kustomization.resources, ...kustomization.configMapGenerator.flatMap(({ files }) => files)];
    for (const file of named.map((name) => name.replace(/^[^=]*=/, ''))) {
      expect([...exported.files.keys()]).toContain(file);
    }
    const [service] = manifestsOf(exported, 'k8s/functions.yaml');
    expect(service).toMatchObject({ metadata: { name: 'functions' }, spec: { ports: [{ port: 8000 }] } });
    expect(confOf(textOf(exported, 'k8s/flink-conf.yaml'))['state.checkpoints.dir']).toBe('s3://shop/checkpoints');
  });

  it.each([
    ['file:///tmp/checkpoints', /a disk of its own in each pod/],
    ['gs://shop/checkpoints', /apache\/flink-statefun:3\.3\.0 has no file system for gs:\/\//],
    ['hdfs://name/checkpoints', /has no file system for hdfs:\/\/.*make an image of it/],
    ['s3a://shop/checkpoints', /has no file system for s3a:\/\/.*write s3:\/\//],
  ])('warn of checkpoints at %s, which the pods cannot write or read', (uri, told) => {
    const kubernetes = { functionsImage: 'shop:1', checkpoints: { type: 'uri', uri } } as const;
    const { notes } = exportOf(exampleFiles('greeter'), { kubernetes });
    expect(notes).toEqual([{ code: 'checkpoint-storage', severity: 'warning', message: expect.stringMatching(told) }]);
  });

  it.each(['s3://a/b', 's3p://a/b', 'oss://a/b', 'abfss://a@b.dfs.core.windows.net/c', 'wasbs://a@b/c'])('take %s', (uri) => {
    const kubernetes = { functionsImage: 'shop:1', checkpoints: { type: 'uri', uri } } as const;
    expect(exportOf(exampleFiles('greeter'), { kubernetes }).notes).toEqual([]);
  });

  it('keep a module.yaml with secrets in a Secret', () => {
    const module = moduleOf(ingress('kafka:9092', '  properties:\n    - ssl.key.password: hidden-away\n'));
    const text = textOf(exportOf(withModule(module), { kubernetes: KUBERNETES_OPTIONS }), 'kustomization.yaml');
    expect((parse(text) as Record<string, unknown>)['secretGenerator']).toEqual([{ name: 'shop-module', files: ['module.yaml'] }]);
    expect(text).not.toContain('hidden-away');
  });

  it.each([
    ['no-functions-image', { kubernetes: { functionsImage: '', checkpoints: { type: 'uri', uri: 's3://a/b' } } }],
    ['no-checkpoint-storage', { kubernetes: { functionsImage: 'a:1', checkpoints: { type: 'uri', uri: '' } } }],
    ['bad-checkpoint-storage', { kubernetes: { functionsImage: 'a:1', checkpoints: { type: 'uri', uri: 'here' } } }],
    ['no-runtime-image', { target: { type: 'kzmlabs', image: '' } }],
    ['bad-topic', { topics: ['no good'] }],
  ] as const)('ask rather than invent: %s', (code, options) => {
    const result = exportProject(projectOf(exampleFiles('greeter')), 'x', { ...DEFAULT_EXPORT, ...options });
    expect(result).toMatchObject({ ok: false, error: [{ code }] });
  });
});
