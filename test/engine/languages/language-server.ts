/**
 * The function servers on the official SDKs of other languages, as their users would write them. Each has the greeter, the fraud example's model
 * and `languages/sink`, listens on loopback and ends with the tests.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MissingTool } from '../driver/toolchain.ts';
import { startReady } from '../driver/ready-process.ts';
import type { ReadyProcess } from '../driver/ready-process.ts';
import { findGo, goServer } from './go-server.ts';
import { javaServer } from './java-server.ts';
import { findPython, pythonServer } from './python-server.ts';

/** Takes one more argument, the port. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/** Finds the tools and builds what is not built yet; throws a MissingTool that says what to install. */
const SERVERS = { python: pythonServer, java: javaServer, go: goServer } as const;

export type Language = keyof typeof SERVERS;

const logs = fileURLToPath(new URL('../../../test-results/engine', import.meta.url));

/**
 * The languages to test: all, or those that ENGINE_LANGUAGES names, for a machine that lacks the tools of one. A language that is not left out and
 * whose tools are missing fails its tests.
 */
export function wantedLanguages(environment: NodeJS.ProcessEnv = process.env): readonly Language[] {
  // The keys are all the languages there are.
  const all = Object.keys(SERVERS) as Language[];
  const named = environment['ENGINE_LANGUAGES']?.split(',').map((name) => name.trim());
  const unknown = named?.find((name) => name !== '' && !all.some((language) => language === name));
  if (unknown !== undefined) {
    throw new Error(`ENGINE_LANGUAGES names ${unknown}; there are ${all.join(', ')}.`);
  }
  return named === undefined ? all : all.filter((language) => named.includes(language));
}

/** What the machine lacks for the wanted languages, a line each, so that it is said before the tests of minutes begin and not after them. */
export function missingTools(environment: NodeJS.ProcessEnv = process.env): readonly string[] {
  const find: Readonly<Record<Language, (environment: NodeJS.ProcessEnv) => unknown>> = {
    python: findPython,
    // Without Java nothing runs at all.
    java: () => null,
    go: findGo,
  };
  return wantedLanguages(environment).flatMap((language) => {
    try {
      find[language](environment);
      return [];
    } catch (problem) {
      if (problem instanceof MissingTool) {
        return [
          `${problem.message} Its tests will fail; ENGINE_LANGUAGES, a list such as java, names the languages to test instead of all.`,
        ];
      }
      throw problem;
    }
  });
}

export async function startLanguage(language: Language, port = 0): Promise<ReadyProcess> {
  const { command, args } = SERVERS[language]();
  mkdirSync(logs, { recursive: true });
  return startReady(`${language} function server`, command, [...args, String(port)], join(logs, `${process.pid}-${language}.log`));
}
