/**
 * compose.yaml: StateFun's manager and worker, the function server, and a Kafka for each broker that a container can stand in for, under
 * the very names and ports of module.yaml.
 */
import type { JsonValue } from '../../base/json.ts';
import type { SimulationSettings } from '../../model/simulation-settings.ts';
import type { RuntimeTarget } from '../export-options.ts';
import { isTopicName } from '../export-options.ts';
import { THIS_MACHINE } from '../remote-servers.ts';
import type { SecretNeeds } from '../secrets/secret-needs.ts';
import { SECRETS_FOLDER } from '../secrets/secret-names.ts';
import type { Kinesis } from '../surroundings.ts';
import { MANAGER, WORKER } from '../surroundings.ts';
import { flinkConfName } from './flink-conf.ts';
import { KAFKA, RENDER, TEMPLATE, moduleFolder, runtimeImage } from './images.ts';
import { leadsToThisMachine } from './local-module.ts';
import type { ComposePlan, LocalBroker } from './local-module.ts';
import { commented, head, yamlLines } from './yaml-text.ts';

/** transaction.max.timeout.ms where nobody sets it (S80). */
export const BROKERS_TRANSACTION_LIMIT = 900_000;

export interface ComposeInput {
  readonly name: string;
  readonly target: RuntimeTarget;
  readonly plan: ComposePlan;
  /** The file that the containers load. */
  readonly moduleFile: string;
  /** The configuration as it is called in the project. */
  readonly confFile: string;
  /** Null where no function is served here. */
  readonly dockerfile: string | null;
  readonly ports: readonly number[];
  readonly settings: SimulationSettings;
  /** Topics that were named when asked, for brokers with an egress whose topics the code does not tell. */
  readonly topics: readonly string[];
  readonly kinesis: Kinesis | null;
  readonly needs: SecretNeeds;
  /** The script that fills secrets into module.yaml, as it is called in the project. */
  readonly renderFile: string;
}

/** Whether Flink's web page answers, as the manifests ask, too. The image has wget, which its own Dockerfile uses; what is in another is not known. */
const MANAGER_HEALTH = {
  test: ['CMD', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:8081/overview'],
  interval: '5s',
  timeout: '5s',
  retries: 24,
};

interface Service {
  readonly name: string;
  readonly comment: readonly string[];
  readonly body: { readonly [key: string]: JsonValue };
}

export function composeFile(input: ComposeInput): string {
  const services = [
    ...brokerServices(input),
    ...(input.dockerfile === null ? [] : [functionService(input, input.dockerfile)]),
    ...statefunServices(input),
  ];
  const lines = [
    ...head(
      ...(input.target.type === 'apache'
        ? []
        : ['UNTESTED: the Studio was not tested with this runtime (io.github.kzmlabs.flinkstatefun on Flink 2).']),
      input.dockerfile === null ? 'docker compose up' : 'docker compose up --build',
    ),
    ...yamlLines({ name: input.name }),
    'services:',
    ...services.flatMap(({ name, comment, body }, index) => [
      ...(index === 0 ? [] : ['']),
      ...comment.map((line) => `  ${commented(line)}`),
      ...yamlLines({ [name]: body }, 2),
    ]),
    '',
    ...yamlLines({ volumes: { checkpoints: {} }, ...secretsSection(input.needs) }),
  ];
  return `${lines.join('\n')}\n`;
}

/** Handed on from the shell or .env, never written here: see .env.example. */
function secretsSection({ files }: SecretNeeds): { readonly [key: string]: JsonValue } {
  return files.length === 0 ? {} : { secrets: Object.fromEntries(files.map((name) => [name, { environment: name }])) };
}

/** Each broker's topics, those asked for included, that Kafka allows. */
export function topicsOf(broker: LocalBroker, asked: readonly string[]): readonly string[] {
  return [...new Set([...broker.topics, ...(broker.unknown.length > 0 ? asked : [])])].filter(isTopicName).sort();
}

function brokerServices(input: ComposeInput): readonly Service[] {
  const byHost = new Map<string, LocalBroker[]>();
  for (const broker of input.plan.brokers) {
    byHost.set(broker.place.host, [...(byHost.get(broker.place.host) ?? []), broker]);
  }
  return [...byHost].flatMap(([host, brokers]) => {
    const topics = [...new Set(brokers.flatMap((broker) => topicsOf(broker, input.topics)))].sort();
    const [first] = brokers;
    const address = `${host}:${first?.place.port ?? 9092}`;
    return [
      kafka(host, brokers, address),
      ...(topics.length === 0 ? [] : [topicsService(host, address, topics, input.settings.partitions)]),
    ];
  });
}

function kafka(host: string, brokers: readonly LocalBroker[], address: string): Service {
  const ports = [...new Set(brokers.map(({ place }) => place.port))];
  const [inner, controller] = freePorts(ports);
  const names = ports.map((port) => `CLIENT${port}`);
  const timeout = Math.max(0, ...brokers.map(({ transactionTimeout }) => transactionTimeout ?? 0));
  const listeners = [...ports.map((port) => `CLIENT${port}://:${port}`), `BROKER://:${inner}`];
  const advertised = [...ports.map((port) => `CLIENT${port}://${host}:${port}`), `BROKER://${host}:${inner}`];
  return {
    name: host,
    comment: ['One broker, with no security: for trying out, not for keeping anything.'],
    body: {
      image: KAFKA,
      hostname: host,
      environment: {
        KAFKA_NODE_ID: '1',
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_CONTROLLER_QUORUM_VOTERS: `1@${host}:${controller}`,
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_INTER_BROKER_LISTENER_NAME: 'BROKER',
        KAFKA_LISTENERS: [...listeners, `CONTROLLER://:${controller}`].join(','),
        KAFKA_ADVERTISED_LISTENERS: advertised.join(','),
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: [...names, 'BROKER', 'CONTROLLER'].map((name) => `${name}:PLAINTEXT`).join(','),
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
        KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
        // S80
        ...(timeout > BROKERS_TRANSACTION_LIMIT ? { KAFKA_TRANSACTION_MAX_TIMEOUT_MS: String(timeout) } : {}),
      },
      healthcheck: {
        test: ['CMD', '/opt/kafka/bin/kafka-broker-api-versions.sh', '--bootstrap-server', address],
        interval: '5s',
        timeout: '15s',
        retries: 20,
      },
    },
  };
}

/** Two ports that clients do not use. */
function freePorts(taken: readonly number[]): readonly [number, number] {
  const [first = 19_092, second = 19_093] = [19_092, 19_093, 29_092, 29_093].filter((port) => !taken.includes(port));
  return [first, second];
}

function topicsService(host: string, address: string, topics: readonly string[], partitions: number): Service {
  // Compose would fill in $topic itself: it takes $$ for $.
  const create = `/opt/kafka/bin/kafka-topics.sh --bootstrap-server ${address} --create --if-not-exists --topic $$topic --partitions ${partitions}`;
  return {
    name: `${host}-topics`,
    comment: ["Makes the topics that module.yaml reads and the code writes, with the simulation's number of partitions, and ends."],
    body: {
      image: KAFKA,
      entrypoint: ['/bin/bash', '-ec'],
      command: [`for topic in ${topics.join(' ')}; do ${create}; done`],
      depends_on: { [host]: { condition: 'service_healthy' } },
    },
  };
}

function functionHosts({ plan }: ComposeInput): readonly string[] {
  const hosts = [...new Set(plan.endpoints.map(({ place }) => place.host))];
  return hosts.length === 0 ? ['functions'] : hosts;
}

function functionService(input: ComposeInput, dockerfile: string): Service {
  const [name = 'functions', ...aliases] = functionHosts(input);
  const [port = 8000] = input.ports;
  const health = `fetch('http://127.0.0.1:${port}/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))`;
  return {
    name,
    comment: ['The function server, at the host and ports that the endpoints of module.yaml name.'],
    body: {
      build: { context: '.', ...(dockerfile === 'Dockerfile' ? {} : { dockerfile }) },
      ...(input.needs.variables.length === 0 ? {} : { environment: functionEnvironment(input.needs) }),
      init: true,
      restart: 'on-failure',
      stop_grace_period: '25s',
      ...(aliases.length === 0 ? {} : { networks: { default: { aliases } } }),
      healthcheck: { test: ['CMD', 'node', '-e', health], interval: '5s', timeout: '5s', retries: 12 },
    },
  };
}

/** One without a value is handed on where it is set. */
function functionEnvironment({ variables }: SecretNeeds): JsonValue {
  return Object.fromEntries(
    variables.map(({ name, isRequired }) => [name, isRequired ? `\${${name}:?the functions need it: see .env.example}` : null]),
  );
}

function statefunServices(input: ComposeInput): readonly Service[] {
  const { target, plan, name, kinesis, needs } = input;
  const conf = flinkConfName(target);
  const moduleFile = `${moduleFolder(name)}/module.yaml`;
  const volumes = [
    ...(needs.rendered
      ? [`./${input.moduleFile}:${TEMPLATE}/module.yaml:ro`, `./${input.renderFile}:${RENDER}:ro`]
      : [`./${input.moduleFile}:${moduleFile}:ro`]),
    `./${input.confFile}:/opt/flink/conf/${conf}:ro`,
    'checkpoints:/checkpoint-dir',
  ];
  const [functions = 'functions'] = functionHosts(input);
  const brokers = [...new Set(plan.brokers.map(({ place }) => place.host))];
  const withTopics = new Set(plan.brokers.filter((broker) => topicsOf(broker, input.topics).length > 0).map(({ place }) => place.host));
  const waits = {
    ...(input.dockerfile === null ? {} : { [functions]: { condition: 'service_healthy' } }),
    ...Object.fromEntries(
      brokers.map((host) =>
        withTopics.has(host)
          ? [`${host}-topics`, { condition: 'service_completed_successfully' }]
          : [host, { condition: 'service_healthy' }],
      ),
    ),
  };
  const environment = (role: string): JsonValue => ({
    ROLE: role,
    MASTER_HOST: MANAGER,
    ...(needs.rendered ? { MODULE_FILE: moduleFile } : {}),
    ...awsVariables(kinesis),
  });
  const started = {
    ...(needs.rendered ? { entrypoint: ['/bin/bash', RENDER] } : {}),
    ...(needs.files.length === 0 ? {} : { secrets: needs.files.map((source) => ({ source, target: `${SECRETS_FOLDER}/${source}` })) }),
  };
  const image = runtimeImage(target);
  return [
    {
      name: MANAGER,
      comment: [
        "StateFun's manager: Flink's web page is at http://localhost:8081.",
        'It has no restart policy: a manager that is started anew begins with empty state, unless it is told a savepoint (see the README).',
      ],
      body: {
        image,
        ...started,
        // Set to a savepoint's path, it is where the job begins.
        command: '${SAVEPOINT:+--fromSavepoint }${SAVEPOINT:-}',
        environment: environment('master'),
        ports: ['127.0.0.1:8081:8081'],
        volumes,
        ...(target.type === 'apache' ? { healthcheck: MANAGER_HEALTH } : {}),
        ...(Object.keys(waits).length === 0 ? {} : { depends_on: waits }),
      },
    },
    {
      name: WORKER,
      comment: ["StateFun's worker: calls the functions."],
      body: {
        image,
        ...started,
        ...(leadsToThisMachine(plan) ? { extra_hosts: [`${THIS_MACHINE}:host-gateway`] } : {}),
        environment: environment('worker'),
        volumes,
        restart: 'on-failure',
        depends_on: { [MANAGER]: { condition: 'service_started' } },
      },
    },
  ];
}

/** What Amazon's clients look for: handed on from the shell, never written here. */
export function awsVariables(kinesis: Kinesis | null): { readonly [name: string]: string } {
  if (kinesis === null) {
    return {};
  }
  return {
    ...(kinesis.region ? { AWS_REGION: '${AWS_REGION:?module.yaml leaves the region to the environment}' } : {}),
    ...(kinesis.credentials
      ? {
          AWS_ACCESS_KEY_ID: '${AWS_ACCESS_KEY_ID:-}',
          AWS_SECRET_ACCESS_KEY: '${AWS_SECRET_ACCESS_KEY:-}',
          AWS_SESSION_TOKEN: '${AWS_SESSION_TOKEN:-}',
        }
      : {}),
  };
}
