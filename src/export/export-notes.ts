/** What somebody who exports should know before they run it: each in one sentence that says what to do. */
import type { FilePath, Typename } from '../base/ids.ts';
import type { SimulationSettings } from '../model/simulation-settings.ts';
import { BROKERS_TRANSACTION_LIMIT } from './deploy/compose-file.ts';
import type { Deployment } from './deploy/write-deployment.ts';
import type { ComposePlan } from './deploy/local-module.ts';
import { checkpointStorageFault, serviceOf } from './deploy/kubernetes-files.ts';
import type { ExportOptions } from './export-options.ts';
import { shownUrl } from './shown-url.ts';
import type { Surroundings } from './surroundings.ts';

export type ExportNoteCode =
  | 'untested-runtime'
  | 'no-checkpoints'
  | 'outside'
  | 'replaced-address'
  | 'unknown-topics'
  | 'long-transactions'
  | 'kinesis'
  | 'files-to-mount'
  | 'foreign-kind'
  | 'put-aside'
  | 'package-changed'
  | 'lock-behind'
  | 'other-lock'
  | 'no-service'
  | 'checkpoint-storage'
  | 'not-served'
  | 'left-over'
  | 'fill-in';

export interface ExportNote {
  readonly code: ExportNoteCode;
  readonly severity: 'warning' | 'info';
  readonly message: string;
}

export interface NotesInput {
  readonly options: ExportOptions;
  readonly settings: SimulationSettings;
  readonly surroundings: Surroundings;
  readonly plan: ComposePlan | null;
  readonly aside: readonly { readonly path: FilePath; readonly insteadOf: FilePath }[];
  readonly addedToPackage: readonly string[];
  readonly locked: boolean;
  readonly deployment: Deployment;
  /** Whether the export has a function server. */
  readonly serves: boolean;
  /** Functions that its server has not, though module.yaml leads to it; `url`: who answers for them in the Studio. */
  readonly unserved: readonly { readonly typename: Typename; readonly url: string | null }[];
  /** Files of an earlier export that this one does not make. */
  readonly leftOver: readonly FilePath[];
  /** Locks of other package managers that the project has. */
  readonly otherLocks: readonly FilePath[];
}

export function exportNotes(input: NotesInput): readonly ExportNote[] {
  const { options, settings, surroundings, plan, aside, addedToPackage, locked, deployment, serves, unserved, leftOver, otherLocks } =
    input;
  const notes: ExportNote[] = [];
  const warn = (code: ExportNoteCode, message: string): void => void notes.push({ code, severity: 'warning', message });
  const tell = (code: ExportNoteCode, message: string): void => void notes.push({ code, severity: 'info', message });
  const runs = plan !== null || options.kubernetes !== null;
  if (options.target.type === 'kzmlabs') {
    warn(
      'untested-runtime',
      'The Studio was not tested with io.github.kzmlabs.flinkstatefun: its artifacts could not be had. Try this export before you rely on it.',
    );
  }
  if (options.target.type === 'kzmlabs' && deployment.needs.rendered) {
    warn(
      'untested-runtime',
      'render-module.sh goes on with /docker-entry-point.sh, as Apache’s image has it: set MODULE_ENTRY of both containers to what starts yours.',
    );
  }
  if (runs && settings.checkpointIntervalMillis === null) {
    warn(
      'no-checkpoints',
      'No checkpoint interval is set in the simulation settings, so there are no checkpoints: a failure loses all state. Set one there, or in the Flink configuration.',
    );
  }
  const { needs, envFile, aws } = deployment;
  if (envFile !== null && (needs.files.length > 0 || needs.variables.some(({ isRequired }) => isRequired) || aws.includes('AWS_REGION'))) {
    tell(
      'fill-in',
      `${envFile} names what has to be filled in: copy it to .env, and write the values there before you start the containers.`,
    );
  }
  for (const { what, why } of plan?.outside ?? []) {
    warn('outside', `${what} is used as it is, since ${why}: it has to be there and to be reached from the containers.`);
  }
  for (const { typename, url } of unserved) {
    warn(
      'not-served',
      `No code of ${typename} was found, and module.yaml leads its calls to the server of this export, which then answers 500. ${
        url === null ? 'Write it, or give' : `Only in the Studio ${shownUrl(url)} answers them: give`
      } it an endpoint of its own in module.yaml (functions: ${typename}) with the URL of a server that has it.`,
    );
  }
  for (const { title, field, from, to } of plan?.replacements ?? []) {
    tell(
      'replaced-address',
      `In the copy of module.yaml for compose, ${
        to === null
          ? `${title} goes without ${from}, since the local Kafka has no security`
          : `${field} of ${title} is ${to} in place of ${from}`
      }. module.yaml itself is unchanged.`,
    );
  }
  for (const broker of plan?.brokers ?? []) {
    if (broker.unknown.length > 0 && options.topics.length === 0) {
      warn(
        'unknown-topics',
        `The code does not tell which topics ${broker.unknown.join(', ')} writes to: name them, and compose makes them.`,
      );
    }
  }
  for (const { address, transactionTimeout } of surroundings.brokers) {
    const isLocal = plan?.brokers.some((broker) => broker.address === address) === true;
    if (transactionTimeout !== null && transactionTimeout > BROKERS_TRANSACTION_LIMIT) {
      const limit = `Transactions at ${address} may take ${transactionTimeout / 60_000} min, more than the 15 min that a broker allows by default`;
      if (isLocal) {
        tell(
          'long-transactions',
          `${limit}: the Kafka of compose is told to allow it, and so must every other (transaction.max.timeout.ms).`,
        );
      } else {
        warn('long-transactions', `${limit}: raise its transaction.max.timeout.ms, or StateFun does not start.`);
      }
    }
  }
  if (options.kubernetes !== null) {
    for (const { title, url, isLoopback } of surroundings.servers) {
      if (isLoopback) {
        warn(
          'outside',
          `${title} at ${url} cannot be reached from a cluster: localhost is, in a pod, that pod itself. Name the server's address in module.yaml.`,
        );
      } else if (plan === null) {
        warn(
          'outside',
          `${title} at ${url} is used as it is, since its functions are served elsewhere: it has to be reached from the cluster.`,
        );
      }
    }
  }
  if (surroundings.kinesis !== null && runs) {
    warn(
      'kinesis',
      `Nothing stands in for Amazon Kinesis (${surroundings.kinesis.components.join(', ')}): its streams and credentials are yours to supply.`,
    );
  }
  if (surroundings.files.length > 0 && runs) {
    warn('files-to-mount', `module.yaml names files that must be mounted where StateFun runs: ${surroundings.files.join(', ')}.`);
  }
  if (surroundings.foreign.length > 0) {
    warn('foreign-kind', `A plain StateFun does not have ${surroundings.foreign.join(', ')}: the runtime's image needs the extension.`);
  }
  if (options.kubernetes !== null) {
    const storage = checkpointStorageFault(options.kubernetes, options.target);
    if (storage !== null) {
      warn('checkpoint-storage', storage);
    }
    for (const endpoint of surroundings.endpoints.filter((each) => serviceOf(each) === null)) {
      warn(
        'no-service',
        `No Service of a cluster can stand for ${endpoint.url}, since ${endpoint.why}: let it lead to the function server yourself.`,
      );
    }
  }
  if (leftOver.length > 0) {
    tell(
      'left-over',
      `An earlier export made ${leftOver.join(', ')}, this one does not: what stands there may fit no more. Delete it, or choose what makes it.`,
    );
  }
  for (const { path, insteadOf } of aside) {
    tell('put-aside', `The project has a ${insteadOf} of its own, which stays: the generated one is ${path}.`);
  }
  if (addedToPackage.length > 0) {
    tell('package-changed', `package.json keeps what it has and gets ${addedToPackage.join(', ')}.`);
  }
  for (const path of serves ? otherLocks : []) {
    tell('other-lock', `${path} is not used: what README and Dockerfile run is npm.`);
  }
  if (!locked) {
    tell(
      'lock-behind',
      'The project has packages of its own, and no package-lock.json that fits them and the server: the Dockerfile uses npm install. Run npm install in the exported folder, keep the package-lock.json that it writes, and the next export uses npm ci.',
    );
  }
  return notes;
}
