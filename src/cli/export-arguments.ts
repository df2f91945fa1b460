/** What `export` was asked for, from its arguments. */
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { DEFAULT_EXPORT, optionProblems } from '../export/export-options.ts';
import type { ExportOptions, KubernetesOptions, OutsideChoice } from '../export/export-options.ts';
import type { Arguments } from './arguments.ts';

export interface ExportArguments {
  readonly options: ExportOptions;
  readonly place: { readonly type: 'folder' | 'zip'; readonly path: string };
  readonly force: boolean;
}

/** An error is one line that says what to write. */
export function exportArguments({ switches, values }: Arguments): Result<ExportArguments, string> {
  const one = (name: string): string | null => values.get(name)?.[0] ?? null;
  const out = one('out');
  const zip = one('zip');
  if ((out ?? '') === '' && (zip ?? '') === '') {
    return err('export needs --out DIR2, the folder to write, or --zip FILE.');
  }
  if (out !== null && zip !== null) {
    return err('export writes one of the two: --out DIR2 or --zip FILE.');
  }
  const kafka = outside('kafka', one('kafka'));
  const functions = outside('functions', one('functions'));
  const servers = outside('servers', one('servers'));
  const target = one('target') ?? 'apache';
  const image = one('runtime-image');
  if (!kafka.ok) {
    return kafka;
  }
  if (!functions.ok) {
    return functions;
  }
  if (!servers.ok) {
    return servers;
  }
  if (target !== 'apache' && target !== 'kzmlabs') {
    return err(`--target takes apache or kzmlabs, not ${JSON.stringify(target)}.`);
  }
  if (image !== null && target === 'apache') {
    return err('--runtime-image goes with --target kzmlabs: the image of Apache StateFun is known.');
  }
  const kubernetes = kubernetesOptions(switches.has('kubernetes'), one('functions-image'), one('checkpoints'));
  if (!kubernetes.ok) {
    return kubernetes;
  }
  if (switches.has('no-docker') && kubernetes.value !== null) {
    return err('--kubernetes needs the Dockerfile: leave --no-docker away.');
  }
  const docker = !switches.has('no-docker');
  const options: ExportOptions = {
    ...DEFAULT_EXPORT,
    target: target === 'apache' ? { type: 'apache' } : { type: 'kzmlabs', image: image ?? '' },
    docker,
    compose: docker && !switches.has('no-compose'),
    kubernetes: kubernetes.value,
    kafka: kafka.value,
    functions: functions.value,
    servers: servers.value,
    topics: values.get('topic') ?? [],
    withoutSecrets: switches.has('without-secrets'),
  };
  // Whether an image of the function server is needed, only the project tells.
  const [wrong] = optionProblems(options, false);
  if (wrong !== undefined) {
    return err(wrong.code === 'no-runtime-image' ? `${wrong.message} --runtime-image NAME` : wrong.message);
  }
  return ok({
    options,
    place: out === null ? { type: 'zip', path: zip ?? '' } : { type: 'folder', path: out },
    force: switches.has('force'),
  });
}

function outside(name: string, value: string | null): Result<OutsideChoice, string> {
  return value === null
    ? ok('as-is')
    : value === 'as-is' || value === 'local'
      ? ok(value)
      : err(`--${name} takes as-is or local, not ${JSON.stringify(value)}.`);
}

function kubernetesOptions(
  asked: boolean,
  functionsImage: string | null,
  checkpoints: string | null,
): Result<KubernetesOptions | null, string> {
  if (!asked) {
    return functionsImage === null && checkpoints === null ? ok(null) : err('--functions-image and --checkpoints go with --kubernetes.');
  }
  if (checkpoints === null) {
    return err('--kubernetes needs --checkpoints URI|claim:NAME: it cannot be guessed.');
  }
  return ok({
    functionsImage: functionsImage ?? '',
    checkpoints: checkpoints.startsWith('claim:')
      ? { type: 'claim', name: checkpoints.slice('claim:'.length) }
      : { type: 'uri', uri: checkpoints },
  });
}
