/** The real loader in a JVM of its own: files in, verdicts out, one line each. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { JsonValue } from '../../../src/base/json.ts';
import { classPath, ensureJavaBuilt } from '../driver/build-java.ts';
import { JAVA_OPENS } from '../driver/java-opens.ts';
import { findToolchain } from '../driver/toolchain.ts';

export interface LoaderVerdict {
  readonly load: 'accept' | 'reject';
  readonly start: 'ok' | 'fail' | null;
  readonly call: 'ok' | 'fail' | null;
  readonly components: readonly JsonValue[];
}

export interface LoaderAnswer extends LoaderVerdict {
  readonly name: string;
  /** The root exception of the first moment that failed. */
  readonly error: string | null;
}

export interface LoaderFile {
  readonly name: string;
  readonly text: string;
}

/** The verdicts in the order of the files. The environment is the one that src/module-yaml/verdict.ts assumes. */
export async function judgeAll(files: readonly LoaderFile[]): Promise<readonly LoaderAnswer[]> {
  const toolchain = findToolchain();
  ensureJavaBuilt(toolchain);
  return judgeWith(toolchain.java, [...JAVA_OPENS, '-cp', classPath('engine')], files);
}

/** `flags`: what opens modules, and the class path. */
export async function judgeWith(command: string, flags: readonly string[], files: readonly LoaderFile[]): Promise<readonly LoaderAnswer[]> {
  const { AWS_PROFILE: _profile, AWS_CONFIG_FILE: _config, ...env } = process.env;
  const java = spawn(command, ['-Xmx1500m', '-Xss4m', '-Dlog4j2.level=OFF', ...flags, 'studio.verdict.LoaderVerdicts'], {
    env: { ...env, AWS_REGION: 'eu-central-1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const kill = (): boolean => java.kill('SIGKILL');
  process.once('exit', kill);
  const log: string[] = [];
  java.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log.push(chunk);
    log.splice(0, log.length - 20);
  });
  const exit = new Promise<number | null>((done, fail) => java.on('close', done).on('error', fail));
  // A JVM that ended early is told of below.
  java.stdin.on('error', () => undefined);
  for (const { name, text } of files) {
    java.stdin.write(`${JSON.stringify({ name, text: Buffer.from(text, 'utf8').toString('base64') })}\n`);
  }
  java.stdin.end();
  const answers: LoaderAnswer[] = [];
  const read = async (): Promise<void> => {
    for await (const line of createInterface({ input: java.stdout })) {
      // Made by the class LoaderVerdicts of this project.
      answers.push(JSON.parse(line) as LoaderAnswer);
    }
  };
  try {
    await Promise.all([read(), exit]);
  } finally {
    process.removeListener('exit', kill);
  }
  if (answers.length !== files.length) {
    throw new Error(`the loader answered ${answers.length} of ${files.length} files:\n${log.join('')}`);
  }
  return answers;
}
