/** What an export holds, as its user chose it. */
import type { Problem } from '../model/problem.ts';

export type RuntimeTarget =
  /** Apache StateFun 3.3.0 on Flink 1.16: what the Studio is tested with. */
  | { readonly type: 'apache' }
  /** The maintained fork io.github.kzmlabs.flinkstatefun, on Flink 2. Untested here, so its image is the user's to name. */
  | { readonly type: 'kzmlabs'; readonly image: string };

export interface KubernetesOptions {
  /** Where the image of the function server is pushed to and pulled from. */
  readonly functionsImage: string;
  /** Where checkpoints and savepoints go: a URI that all pods reach, or a volume claim that is there and that all pods may write. */
  readonly checkpoints: { readonly type: 'uri'; readonly uri: string } | { readonly type: 'claim'; readonly name: string };
}

/** `local`: a stand-in inside compose and a copy of module.yaml that names it. `as-is`: what module.yaml names is there already. */
export type OutsideChoice = 'as-is' | 'local';

export interface ExportOptions {
  readonly target: RuntimeTarget;
  readonly docker: boolean;
  /** Needs the Dockerfile, and brings it. */
  readonly compose: boolean;
  readonly kubernetes: KubernetesOptions | null;
  /** Brokers that compose cannot put a service in the place of, by the name in module.yaml. */
  readonly kafka: OutsideChoice;
  /** Endpoints likewise. */
  readonly functions: OutsideChoice;
  /** Servers of the user's. `local`: as the Studio reaches them on this machine, from inside its containers. */
  readonly servers: OutsideChoice;
  /** Topics to create that neither module.yaml nor the code names. */
  readonly topics: readonly string[];
  /** Takes out what looks like a secret, and files that exist to hold some. */
  readonly withoutSecrets: boolean;
}

export const DEFAULT_EXPORT: ExportOptions = {
  target: { type: 'apache' },
  docker: true,
  compose: true,
  kubernetes: null,
  kafka: 'as-is',
  functions: 'as-is',
  servers: 'as-is',
  topics: [],
  withoutSecrets: false,
};

export type OptionProblemCode =
  | 'no-runtime-image'
  | 'bad-image'
  | 'no-functions-image'
  | 'no-checkpoint-storage'
  | 'bad-checkpoint-storage'
  | 'bad-topic';

const IMAGE = /^[a-z0-9]+(?:[._:/@-]+[A-Za-z0-9_]+)*$/;
const CLAIM = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;
const TOPIC = /^[A-Za-z0-9._-]{1,249}$/;

/** What is missing or cannot be meant. @param serves whether there is a function server to make an image of */
export function optionProblems(options: ExportOptions, serves: boolean): readonly Problem<OptionProblemCode>[] {
  const problems: Problem<OptionProblemCode>[] = [];
  const add = (code: OptionProblemCode, message: string): void => void problems.push({ code, severity: 'error', message });
  const { target, kubernetes } = options;
  if (target.type === 'kzmlabs' && (options.compose || kubernetes !== null)) {
    if (target.image === '') {
      add('no-runtime-image', 'Name the image of the runtime, with its exact tag: the Studio could not verify one for this target.');
    } else if (!IMAGE.test(target.image)) {
      add('bad-image', `“${target.image}” is no name of an image: write registry/name:tag.`);
    }
  }
  if (kubernetes !== null) {
    if ((serves || kubernetes.functionsImage !== '') && !IMAGE.test(kubernetes.functionsImage)) {
      add(
        kubernetes.functionsImage === '' ? 'no-functions-image' : 'bad-image',
        `Name the image of the function server as the cluster pulls it, such as registry.example.com/team/functions:1.0.0.`,
      );
    }
    const { checkpoints } = kubernetes;
    if (checkpoints.type === 'uri' ? checkpoints.uri === '' : checkpoints.name === '') {
      add('no-checkpoint-storage', 'Say where checkpoints go: a URI that every pod reaches (s3://…), or a volume claim.');
    } else if (checkpoints.type === 'uri' ? !/^[a-z][a-z0-9+.-]*:\/\/\S+$/.test(checkpoints.uri) : !CLAIM.test(checkpoints.name)) {
      add('bad-checkpoint-storage', 'Checkpoints go to a URI such as s3://bucket/path, or to a volume claim by its name.');
    }
  }
  for (const topic of options.topics.filter((name) => !isTopicName(name))) {
    add('bad-topic', `“${topic}” cannot be the name of a topic: letters, digits, dots, dashes and underscores, at most 249.`);
  }
  return problems;
}

export function isTopicName(text: string): boolean {
  return TOPIC.test(text) && text !== '.' && text !== '..';
}
