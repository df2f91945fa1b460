/** Builds the Maven project when its sources are not those of the last build. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MissingTool } from './toolchain.ts';
import type { Toolchain } from './toolchain.ts';

const engineRoot = join(dirname(fileURLToPath(import.meta.url)), '..');
const javaRoot = join(engineRoot, 'java');

const MODULES = {
  broker: join(javaRoot, 'broker'),
  engine: join(javaRoot, 'engine'),
  // The function server on the Java SDK.
  functions: join(engineRoot, 'languages', 'java'),
} as const;
export type JavaModule = keyof typeof MODULES;

/** The class path of a module, its own jar first. */
export function classPath(module: JavaModule): string {
  const target = join(MODULES[module], 'target');
  return `${join(target, `${module}.jar`)}:${readFileSync(join(target, 'classpath.txt'), 'utf8').trim()}`;
}

export function engineJar(): string {
  return join(javaRoot, 'engine', 'target', 'engine.jar');
}

export function ensureJavaBuilt(toolchain: Toolchain): void {
  const stamp = join(javaRoot, 'engine', 'target', 'built-from');
  const sources = sourcesHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources && jarsExist()) {
    return;
  }
  const built = spawnSync('mvn', ['--batch-mode', '--quiet', 'package'], {
    cwd: javaRoot,
    encoding: 'utf8',
    env: { ...process.env, JAVA_HOME: toolchain.javaHome },
  });
  if (built.status !== 0) {
    const lines = `${built.stdout}${built.stderr}`.split('\n').filter((line) => line.includes('ERROR'));
    throw new MissingTool(`The test partner (test/engine/java) could not be built:\n${lines.slice(0, 8).join('\n')}`);
  }
  writeFileSync(stamp, sources);
}

/** Also that what the class paths name is still in Maven's folder. */
function jarsExist(): boolean {
  // The keys are all the modules there are.
  return (Object.keys(MODULES) as JavaModule[]).every(
    (module) =>
      existsSync(join(MODULES[module], 'target', 'classpath.txt')) &&
      classPath(module)
        .split(':')
        .every((jar) => existsSync(jar)),
  );
}

function sourcesHash(): string {
  const hash = createHash('sha256');
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (entry.name !== 'target') {
          visit(path);
        }
      } else {
        hash.update(relative(engineRoot, path)).update('\0').update(readFileSync(path)).update('\0');
      }
    }
  };
  visit(javaRoot);
  visit(MODULES.functions);
  return hash.digest('hex');
}
