/**
 * What fails for reasons outside of the file, in the environment that a verdict assumes (verdict.ts): files that the text names, and the
 * time of day. An editor cannot know these, so only verdicts tell them.
 */
import { textOf } from './fields/spec-context.ts';
import type { LocatedComponent, LocatedModule } from './locate.ts';
import { moduleProblem, type ModuleProblem } from './problem-codes.ts';
import { pairOf, valueOf, type PairNode } from './source/source-node.ts';
import { parseStartupDate } from './startup-date.ts';
import { OKHTTP } from './fields/transport-fields.ts';
import { normalTypename } from './typename-text.ts';

const ASSUMED = 'This check looks at no such files and takes them for absent: put it where the job runs,';

export interface Environment {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number;
  /** Files, URLs and class path entries that are there, as the text names them. */
  readonly presentFiles: ReadonlySet<string>;
}

export function environmentProblems(module: LocatedModule, { now, presentFiles }: Environment): readonly ModuleProblem[] {
  return module.components.flatMap((component) => {
    switch (component.module?.kind) {
      case 'io.statefun.endpoints.v2/http':
        return absentCertificates(component, presentFiles);
      case 'io.statefun.kafka.v1/ingress':
        return futureDate(component, now);
      case 'io.statefun.kinesis.v1/ingress':
        return absentProfile(component, presentFiles);
      default:
        return [];
    }
  });
}

function problemAt(
  component: LocatedComponent,
  pair: PairNode,
  message: string,
  moment: 'start' | 'call',
  code: ModuleProblem['code'],
): ModuleProblem {
  const { value } = pair;
  const range = value.from === value.to ? { from: pair.keyFrom, to: pair.keyTo } : value;
  return moduleProblem(code, 'error', message, { range, node: component.node, moment });
}

/** Certificates are opened for https only; the key's password when there is a key. */
function absentCertificates(component: LocatedComponent, presentFiles: ReadonlySet<string>): readonly ModuleProblem[] {
  const spec = component.spec.value;
  const transport = valueOf(spec, 'transport');
  const url = valueOf(spec, 'urlPathTemplate');
  const type = valueOf(transport, 'type');
  if (url === null || !/^https:/i.test(textOf(url)) || (type !== null && normalTypename(textOf(type)) === OKHTTP)) {
    return [];
  }
  const named = ['trust_cacerts', 'client_cert', 'client_key', 'client_key_password'].flatMap((key) => {
    const pair = pairOf(transport, key);
    return pair?.value.type === 'scalar' && pair.value.scalar !== 'null' ? [pair] : [];
  });
  const opened = named.filter((pair) => pair.key !== 'client_key_password' || named.some(({ key }) => key === 'client_key'));
  const absent = opened.filter((pair) => !presentFiles.has(textOf(pair.value)));
  return absent.map((pair) => {
    const message = `The first call opens ${pair.key}, “${textOf(pair.value)}”. ${ASSUMED} the call fails without it.`;
    return problemAt(component, pair, message, 'call', 'absent-file');
  });
}

function absentProfile(component: LocatedComponent, presentFiles: ReadonlySet<string>): readonly ModuleProblem[] {
  const credentials = valueOf(component.spec.value, 'awsCredentials');
  const type = valueOf(credentials, 'type');
  const pair = pairOf(credentials, 'profilePath');
  if (pair === null || type === null || textOf(type) !== 'profile' || presentFiles.has(textOf(pair.value))) {
    return [];
  }
  const message = `The start opens the profile file “${textOf(pair.value)}”. ${ASSUMED} the start fails without it.`;
  return [problemAt(component, pair, message, 'start', 'absent-file')];
}

function futureDate(component: LocatedComponent, now: number): readonly ModuleProblem[] {
  const position = valueOf(component.spec.value, 'startupPosition');
  const type = valueOf(position, 'type');
  const pair = pairOf(position, 'date');
  const at = pair === null || type === null || textOf(type) !== 'date' ? null : parseStartupDate(textOf(pair.value));
  if (pair === null || at === null || at < now) {
    return [];
  }
  return [
    problemAt(component, pair, `${textOf(pair.value)} lies in the future: write an earlier date, or type: latest.`, 'start', 'bad-date'),
  ];
}
