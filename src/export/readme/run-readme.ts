/** How to run, feed and watch an exported project, for people. Sections that do not apply are left out. */
import { GENERATED_MARK } from '../../model/generated-files.ts';
import type { StudioFile } from '../../model/studio-file.ts';
import { BROKERS_TRANSACTION_LIMIT, topicsOf } from '../deploy/compose-file.ts';
import { flinkConfName } from '../deploy/flink-conf.ts';
import { runtimeImage } from '../deploy/images.ts';
import type { Deployment } from '../deploy/write-deployment.ts';
import { leadsToThisMachine } from '../deploy/local-module.ts';
import type { ComposePlan, LocalBroker } from '../deploy/local-module.ts';
import type { ExportOptions } from '../export-options.ts';
import type { FoundSecret } from '../secrets/secret-kinds.ts';
import { WAYS_OUT } from '../secrets/secret-kinds.ts';
import { secretsSection } from './secrets-section.ts';
import type { PackageFiles } from '../merge-package.ts';
import { functionsSection } from './functions-section.ts';
import type { SampleRecord } from '../sample-record.ts';
import { THIS_MACHINE } from '../remote-servers.ts';
import type { Surroundings } from '../surroundings.ts';
import { MANAGER, WORKER } from '../surroundings.ts';

export interface ReadmeInput {
  readonly name: string;
  /** What its objects are called in a cluster. */
  readonly label: string;
  readonly options: ExportOptions;
  readonly ports: readonly number[];
  readonly paths: readonly string[];
  /** Null where no function is served here. */
  readonly pack: PackageFiles | null;
  readonly server: string;
  /** Null without compose. */
  readonly plan: ComposePlan | null;
  readonly deployment: Deployment;
  readonly surroundings: Surroundings;
  readonly studio: StudioFile;
  readonly samples: readonly SampleRecord[];
  readonly secrets: readonly FoundSecret[];
  /** Topics read by ingresses: what can be fed. */
  readonly fed: ReadonlySet<string>;
}

export function runReadme(input: ReadmeInput): string {
  const sections = [
    intro(input),
    functionsSection({
      pack: input.pack,
      ports: input.ports,
      paths: input.paths,
      servers: input.surroundings.servers,
      variables: input.deployment.needs.variables.map(({ name }) => name),
    }),
    secretsSection({
      deployment: input.deployment,
      label: input.label,
      compose: input.plan !== null,
      kubernetes: input.options.kubernetes !== null,
      holdsNone: input.secrets.length === 0,
    }),
    input.plan === null ? null : composeSection(input, input.plan),
    input.options.kubernetes === null ? null : kubernetesSection(input),
    knowSection(input),
    simulatorSection(),
  ];
  return `${sections.filter((section) => section !== null).join('\n\n')}\n`;
}

function intro({ name, options, server, pack }: ReadmeInput): string {
  const isApache = options.target.type === 'apache';
  const runtime = isApache ? 'Apache StateFun 3.3.0 (Flink 1.16)' : 'io.github.kzmlabs.flinkstatefun (Flink 2)';
  return `# ${name}

<!-- ${GENERATED_MARK}. -->

An Apache Flink Stateful Functions project: \`module.yaml\` for ${runtime}${
    pack === null
      ? '. Its functions are served by servers of your own.'
      : `, the functions, and a server in \`${server}/\` that\nserves them with the official SDK (apache-flink-statefun 3.3.0).`
  }${
    isApache
      ? ''
      : `\n\n**Untested:** artifacts of this runtime could not be had for the Studio's tests. By its own documentation it takes the same module.yaml and speaks the\nsame protocol.`
  }`;
}

function composeSection(input: ReadmeInput, plan: ComposePlan): string {
  const { moduleFile } = input.deployment;
  const compose = composeCommand(input.deployment);
  const parts = [
    `## With containers

\`\`\`
${up(compose, input.pack)}
\`\`\`

starts ${plan.brokers.length === 0 ? '' : `Kafka (${plan.brokers.map(({ place }) => `\`${place.host}:${place.port}\``).join(', ')}) with its topics, `}${input.pack === null ? 'and' : 'the function server, and'} StateFun
(\`${runtimeImage(input.options.target)}\`): a manager and a worker with \`${moduleFile}\` and \`${flinkConfName(input.options.target)}\`. Flink's web page is at http://localhost:8081.
\`${compose} ps\` shows which of them are up and healthy.`,
  ];
  if (plan.replacements.length > 0) {
    parts.push(
      `\`${moduleFile}\` is a copy of module.yaml for these containers; module.yaml itself is unchanged. In the copy is replaced:

| component | field | in module.yaml | in the copy |
|---|---|---|---|
${plan.replacements.map(({ title, field, from, to }) => `| \`${title}\` | \`${field}\` | \`${from}\` | ${to === null ? 'left out' : `\`${to}\``} |`).join('\n')}
${
  leadsToThisMachine(plan)
    ? `\n\`${THIS_MACHINE}\` is this machine. On Linux a server is reached there only where it listens on all addresses (\`0.0.0.0\`), not on \`127.0.0.1\` alone.\n`
    : ''
}
After a change of module.yaml, export again, or make the change in both.`,
    );
  }
  if (plan.outside.length > 0) {
    parts.push(
      `Used as module.yaml names it, so it has to be there and to be reached from the containers:\n\n${plan.outside.map(({ what, why }) => `- ${what} (${why})`).join('\n')}`,
    );
  }
  parts.push(
    ...feedAndWatch(input, plan, compose),
    savepoints(compose, input.pack, input.studio.settings.checkpointIntervalMillis !== null),
  );
  return parts.join('\n\n');
}

function feedAndWatch({ samples, fed, options, pack }: ReadmeInput, plan: ComposePlan, compose: string): readonly string[] {
  const feeds: string[] = [];
  const watches: string[] = [];
  let isFilledIn = true;
  for (const broker of plan.brokers) {
    for (const topic of topicsOf(broker, options.topics)) {
      if (fed.has(topic)) {
        const sample = samples.find((each) => each.topic === topic);
        isFilledIn &&= sample !== undefined;
        feeds.push(feed(broker, topic, sample ?? { topic, key: 'key', value: 'value' }, compose));
      } else {
        const committed = broker.transactionTimeout === null ? '' : ' --isolation-level read_committed';
        watches.push(
          `${inBroker(broker, compose)} /opt/kafka/bin/kafka-console-consumer.sh --bootstrap-server ${at(broker)} --topic ${topic} --from-beginning --property print.key=true${committed}`,
        );
      }
    }
  }
  const unknown = plan.brokers.flatMap((broker) => broker.unknown);
  return [
    ...(feeds.length === 0
      ? []
      : [
          `### Feed it\n\nThe key of a record is the id of the function it goes to; StateFun fails on a record without one. Key and value are apart by \`|\`${
            isFilledIn
              ? ''
              : '. Put an id and a value of yours in the places of `key|value`: a function that cannot read a value fails, and is asked with it again and again'
          }:\n\n\`\`\`\n${feeds.join('\n')}\n\`\`\``,
        ]),
    `### Watch it\n\n${
      watches.length === 0
        ? ''
        : `What the functions write${plan.brokers.some(({ transactionTimeout }) => transactionTimeout !== null) ? ' (exactly-once: shown once a checkpoint has committed it)' : ''}:\n\n\`\`\`\n${watches.join('\n')}\n\`\`\`\n\n`
    }${
      unknown.length === 0 || options.topics.length > 0
        ? ''
        : `The code does not tell which topics ${unknown.map((id) => `\`${id}\``).join(', ')} writes to: none was made for it. Make each:\n\n\`\`\`\n${plan.brokers
            .filter((broker) => broker.unknown.length > 0)
            .map(
              (broker) =>
                `${inBroker(broker, compose)} /opt/kafka/bin/kafka-topics.sh --bootstrap-server ${at(broker)} --create --topic TOPIC`,
            )
            .join('\n')}\n\`\`\`\n\n`
    }${pack === null ? 'What StateFun says:' : 'What the functions log, and what StateFun says:'}\n\n\`\`\`\n${compose} logs -f\n\`\`\``,
  ];
}

function at({ place }: LocalBroker): string {
  return `${place.host}:${place.port}`;
}

function inBroker({ place }: LocalBroker, compose: string): string {
  return `${compose} exec -T ${place.host}`;
}

function feed(broker: LocalBroker, topic: string, { key, value }: SampleRecord, compose: string): string {
  const record = `'${`${key}|${value}`.replaceAll('\n', ' ').replaceAll("'", "'\\''")}'`;
  return `printf '%s\\n' ${record} | ${inBroker(broker, compose)} /opt/kafka/bin/kafka-console-producer.sh --bootstrap-server ${at(broker)} --topic ${topic} --property parse.key=true --property 'key.separator=|'`;
}

function composeCommand({ composeFile }: Deployment): string {
  return `docker compose${composeFile === 'compose.yaml' ? '' : ` -f ${composeFile}`}`;
}

function up(compose: string, pack: PackageFiles | null): string {
  return pack === null ? `${compose} up` : `${compose} up --build`;
}

function savepoints(compose: string, pack: PackageFiles | null, checkpoints: boolean): string {
  const functions =
    pack === null
      ? 'A change of the functions needs nothing here: StateFun asks again while a server of theirs is away.'
      : `A change of the functions needs nothing but a new server: \`${compose} up --build -d\` replaces it, and StateFun asks again meanwhile.`;
  return `### Change it without losing state

${functions} A change of
module.yaml or of the configuration needs a new job, which begins **empty** unless it is told a savepoint:

\`\`\`
${compose} exec ${MANAGER} flink list -m localhost:8081
${compose} exec ${MANAGER} flink stop -m localhost:8081 -p file:///checkpoint-dir/savepoints JOB_ID
SAVEPOINT=file:///checkpoint-dir/savepoints/savepoint-… ${compose} up -d --force-recreate ${MANAGER} ${WORKER}
\`\`\`

\`flink list\` prints JOB_ID, \`flink stop\` the savepoint. \`${compose} down\` keeps the checkpoints, \`${compose} down -v\` removes them, and Kafka's records are
gone with either.${
    checkpoints
      ? `

The last checkpoint is kept when the job failed for good, or its manager was lost: the newest of these is a place to begin from, like a savepoint.

\`\`\`
${compose} exec ${WORKER} sh -c 'ls -td /checkpoint-dir/*/chk-*'
SAVEPOINT=file:///checkpoint-dir/…/chk-… ${compose} up -d --force-recreate ${MANAGER} ${WORKER}
\`\`\``
      : ''
  }`;
}

function kubernetesSection({ label: name, options, surroundings, pack, deployment }: ReadmeInput): string {
  const { functionsImage = '', checkpoints } = options.kubernetes ?? {};
  const where =
    checkpoints?.type === 'claim'
      ? `the volume claim \`${checkpoints.name}\`, which has to be there, and which manager and workers both write (ReadWriteMany)`
      : `\`${checkpoints?.uri ?? ''}\`, which manager and workers both must reach and may write`;
  const brokers = surroundings.brokers.map(({ address }) => `\`${address}\``).join(', ');
  return `## On Kubernetes

\`\`\`
${pack === null ? '' : `docker build -t ${functionsImage}${deployment.docker === 'Dockerfile' ? '' : ` -f ${deployment.docker}`} . && docker push ${functionsImage}\n`}kubectl apply -k .
\`\`\`

\`kustomization.yaml\` takes module.yaml itself, and applies \`k8s/\`: ${
    pack === null ? '' : 'the function server with Services under the names that the endpoints of\nmodule.yaml have, and '
  }StateFun's manager and worker. Checkpoints go to ${where}.${
    brokers === '' ? '' : ` Kafka is not part of it: ${brokers} must be reached from the namespace.`
  }${
    surroundings.kinesis === null
      ? ''
      : ` What Amazon's clients need (AWS_REGION, and credentials where the pods have no role) comes from a Secret \`${name}-aws\`, if there is one.`
  }

\`\`\`
${pack === null ? '' : `kubectl logs -f deployment/${name}-functions\n`}kubectl logs -f job/${MANAGER}
kubectl port-forward service/${MANAGER} 8081
\`\`\`

Names such as \`${MANAGER}\` are those of every export: give each project a namespace of its own (\`kubectl apply -k . -n NAMESPACE\`).

The manager is a Job that is not started again by itself: a new manager begins with **empty** state unless it is told a savepoint. (Flink's
high availability for Kubernetes would let it go on from its last checkpoint; it needs a service account and is not set up here. Where checkpoints are taken,
the last one is kept: its path does in place of a savepoint's.) To change
module.yaml or the configuration, and to go on after the manager ended:

\`\`\`
kubectl exec job/${MANAGER} -- flink list -m localhost:8081
kubectl exec job/${MANAGER} -- flink stop -m localhost:8081 -p ${checkpoints?.type === 'uri' ? checkpoints.uri.replace(/\/+$/, '') : 'file:///checkpoint-dir'}/savepoints JOB_ID
kubectl delete job ${MANAGER}
\`\`\`

then set \`args: ["--fromSavepoint", "…/savepoint-…"]\` of the manager in \`k8s/statefun.yaml\`, \`kubectl apply -k .\` and \`kubectl rollout restart deployment/${WORKER}\`.`;
}

function knowSection(input: ReadmeInput): string {
  const { studio, surroundings, secrets, options, plan } = input;
  const { settings } = studio;
  const { kinesis, files, foreign } = surroundings;
  const conf = flinkConfName(options.target);
  const longest = Math.max(0, ...surroundings.brokers.map(({ transactionTimeout }) => transactionTimeout ?? 0));
  const points = [
    settings.checkpointIntervalMillis === null
      ? `**No checkpoints.** The simulation settings name no interval, so \`${conf}\` has none: after a failure the state is gone. Set \`execution.checkpointing.interval\`.`
      : `Checkpoints are taken every ${settings.checkpointIntervalMillis / 1000} s, as in the simulation (\`${conf}\`).`,
    ...(settings.checkpointIntervalMillis === null ? [] : [stuckJob(input)]),
    ...(longest === 0
      ? []
      : [
          `Exactly-once egress: transactions last up to ${longest / 60_000} min. ${
            longest > BROKERS_TRANSACTION_LIMIT
              ? "That is more than a broker allows by default: raise its `transaction.max.timeout.ms` (compose's Kafka has it), or StateFun does not start."
              : 'A broker allows 15 min by default (`transaction.max.timeout.ms`); with a smaller limit StateFun does not start.'
          } Readers need \`isolation.level=read_committed\`.`,
        ]),
    ...(kinesis === null
      ? []
      : [
          `${kinesis.components.map((title) => `\`${title}\``).join(', ')}: Amazon Kinesis, which nothing here stands in for. Its streams have to be there; a stand-in such as LocalStack is yours to add (\`awsRegion\` of type \`custom-endpoint\`).`,
        ]),
    ...(files.length === 0
      ? []
      : [`module.yaml names files that must be mounted where StateFun runs: ${files.map((file) => `\`${file}\``).join(', ')}.`]),
    ...(foreign.length === 0
      ? []
      : [
          `A plain StateFun does not have ${foreign.map((kind) => `\`${kind}\``).join(', ')}: the runtime's image needs the extension that brings it.`,
        ]),
    ...(plan === null && options.kubernetes === null
      ? ['StateFun itself is not part of this export: it loads `module.yaml` and reaches the functions at its endpoints.']
      : []),
    ...secrets.map(
      ({ kind, path, line, what }) => `**Secret?** \`${path}${line === null ? '' : `:${line}`}\` holds ${what}. ${WAYS_OUT[kind]}`,
    ),
  ];
  return `## What to know\n\n${points.map((point) => `- ${point}`).join('\n')}`;
}

/** Seen with StateFun 3.3.0 (test/engine/failing-checkpoint.test.ts). */
function stuckJob({ options, plan, deployment }: ReadmeInput): string {
  const restarts = [
    ...(plan === null ? [] : [`\`${composeCommand(deployment)} restart ${WORKER}\``]),
    ...(options.kubernetes === null ? [] : [`\`kubectl rollout restart deployment/${WORKER}\``]),
  ];
  const restart = restarts.length === 0 ? 'a restart of its worker' : restarts.join(' or ');
  return `**A job that is RUNNING and does nothing.** When a job fails in the midst of a checkpoint, its worker can wait for itself for ever: the job is shown as RUNNING, takes no messages, and completes no checkpoint. Flink ends that only after the checkpoint's time is up (\`execution.checkpointing.timeout\`, 10 min by default); ${restart} ends it at once, and the job goes on from its last checkpoint.`;
}

function simulatorSection(): string {
  return `## What the simulator of StateFun Studio leaves out

The Studio keeps StateFun's rules for delivery, batching, state, expiration, delayed messages, retries and checkpoints. It knows nothing of real networks, of
how fast this machine is, of brokers that fail or rebalance, of Amazon Kinesis beyond its records, and of what third-party services really answer
(\`stubs/\` are the Studio's; the functions here call the services themselves).`;
}
