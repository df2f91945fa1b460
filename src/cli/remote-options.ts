/** `--remote PATTERN[=URL]` and `--local`: which functions a command has answered by servers of the user's. */
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { ModuleDefinition } from '../model/module.ts';
import { isServed, patternText, remoteUrlProblem } from '../model/remote-target.ts';
import { REMOTE_TIMEOUT_MILLIS } from '../model/studio-file.ts';
import type { RemoteEndpoint } from '../model/studio-file.ts';
import { nearest } from '../base/nearest.ts';
import type { RemoteChoice } from '../worker/run-setup.ts';
import type { Arguments } from './arguments.ts';
import type { StartProblem } from '../worker/play/start-problem.ts';

/** Those named on the command line, in front of those of studio.json; with `--local`, those of studio.json do not count. */
export function remoteChoice({ values, switches }: Pick<Arguments, 'values' | 'switches'>): Result<RemoteChoice, string> {
  const named: { readonly functions: string; readonly url: string | null }[] = [];
  for (const text of values.get('remote') ?? []) {
    const read = readRemote(text);
    if (!read.ok) {
      return read;
    }
    if (named.some(({ functions }) => functions === read.value.functions)) {
      return err(`--remote names ${read.value.functions} twice.`);
    }
    named.push(read.value);
  }
  const local = switches.has('local');
  return ok((settings) => {
    const ofFile = new Map(settings.map((remote) => [remote.functions, remote]));
    const chosen = named.map(({ functions, url }): RemoteEndpoint => {
      const { timeoutMillis = REMOTE_TIMEOUT_MILLIS, url: known = null } = ofFile.get(functions) ?? {};
      return { functions, url: url ?? known, timeoutMillis };
    });
    const others = settings.filter(({ functions }) => !named.some((each) => means(each, functions)));
    return local ? chosen : [...chosen, ...others];
  });
}

/** A pattern that is given a URL here means all of its functions, also those that studio.json has answered elsewhere. */
function means({ functions, url }: { readonly functions: string; readonly url: string | null }, other: string): boolean {
  return functions === other || (url !== null && functions.endsWith('/*') && other.startsWith(functions.slice(0, -1)));
}

/** What only studio.json says: who reads a result should know whose it is. */
export function remoteNotes(settings: readonly RemoteEndpoint[], choice: RemoteChoice): readonly string[] {
  return choice(settings)
    .filter((remote) => settings.includes(remote))
    .map(({ functions, url }) => {
      const where = url === null ? 'at the URL of its endpoint' : `by ${url}`;
      return `${functions} is answered ${where}, as studio.json says; --local keeps all functions in the Studio.`;
    });
}

function readRemote(text: string): Result<{ readonly functions: string; readonly url: string | null }, string> {
  const equals = text.indexOf('=');
  const functions = equals < 0 ? text : text.slice(0, equals);
  const url = equals < 0 ? null : text.slice(equals + 1);
  if (!/^[^/\s]+\/[^/\s]+$/.test(functions)) {
    return err(
      `--remote takes functions and, if need be, their URL, such as greeter/* or greeter/*=http://localhost:8000/statefun, not ${JSON.stringify(text)}.`,
    );
  }
  const problem = url === null ? null : remoteUrlProblem(url);
  return problem === null ? ok({ functions, url }) : err(`--remote ${functions}: ${problem}.`);
}

/** A setting that no call would ever meet is a mistake. */
export function unservedRemote(
  module: ModuleDefinition,
  { functions }: RemoteEndpoint,
): readonly { readonly functions: string; readonly problem: StartProblem }[] {
  if (isServed(module, functions)) {
    return [];
  }
  const patterns = module.endpoints.map(({ pattern }) => patternText(pattern));
  const meant = nearest(functions, patterns);
  const advice = meant === null ? `The endpoints serve ${patterns.join(', ')}.` : `Did you mean ${meant}?`;
  const message = `${functions} is to be remote, and no endpoint of module.yaml serves it. ${advice}`;
  return [{ functions, problem: { code: 'remote-not-served', message, path: null, place: null } }];
}
