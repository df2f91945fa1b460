/** The real loader in a JVM of its own: files in, verdicts out, one line each. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { JsonValue } from '../../../src/base/json.ts';

export interface LoaderAnswer {
  readonly name: string;
  readonly load: 'accept' | 'reject';
  readonly start: 'ok' | 'fail' | null;
  readonly call: 'ok' | 'fail' | null;
  /** The root exception of the first moment that failed. */
  readonly error: string | null;
  readonly components: readonly JsonValue[];
}

/** Class path and flags of the JVM. */
export interface LoaderPaths {
  readonly classPath: string;
  readonly flags: readonly string[];
}

const TARGET = new URL('../java/engine/target/', import.meta.url);

/** What `mvn package` left; null before. */
export function builtLoader(flags: readonly string[]): LoaderPaths | null {
  const list = new URL('classpath.txt', TARGET);
  const jar = new URL('engine.jar', TARGET);
  return existsSync(list) && existsSync(jar) ? { classPath: `${jar.pathname}:${readFileSync(list, 'utf8').trim()}`, flags } : null;
}

/** The verdicts in the order of the files. The environment is the one that src/module-yaml/verdict.ts assumes. */
export async function judgeAll(
  paths: LoaderPaths,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<readonly LoaderAnswer[]> {
  const { AWS_PROFILE: _profile, AWS_CONFIG_FILE: _config, ...env } = process.env;
  const java = spawn('java', [...paths.flags, '-Xmx1500m', '-Xss4m', '-cp', paths.classPath, 'studio.verdict.LoaderVerdicts'], {
    env: { ...env, AWS_REGION: 'eu-central-1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const log: string[] = [];
  java.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log.push(chunk);
    log.splice(0, log.length - 20);
  });
  const exit = new Promise<number | null>((done) => java.on('close', done));
  const failed = new Promise<never>((_, fail) => java.on('error', fail));
  java.stdin.on('error', () => undefined);
  for (const { name, text } of files) {
    java.stdin.write(`${JSON.stringify({ name, text: Buffer.from(text, 'utf8').toString('base64') })}\n`);
  }
  java.stdin.end();
  const answers: LoaderAnswer[] = [];
  const reading = (async () => {
    for await (const line of createInterface({ input: java.stdout })) {
      answers.push(JSON.parse(line) as LoaderAnswer);
    }
  })();
  await Promise.race([Promise.all([reading, exit]), failed]);
  if (answers.length !== files.length) {
    throw new Error(`the loader answered ${answers.length} of ${files.length} files:\n${log.join('')}`);
  }
  return answers;
}
