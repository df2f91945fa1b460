/** Finds what the test partner needs from the machine: a JDK from 11 to 17, and Maven. What is missing is said in one line. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const OLDEST = 11;
const NEWEST = 17;
/** Folders of installed JDKs; ENGINE_JDKS names another instead. */
const USUAL_PLACES =
  process.env['ENGINE_JDKS'] === undefined
    ? ['/usr/lib/jvm', '/Library/Java/JavaVirtualMachines', '/opt/java']
    : [process.env['ENGINE_JDKS']];
const HOW_TO_JAVA = `install a JDK from ${OLDEST} to ${NEWEST} (Debian and Ubuntu: apt-get install openjdk-17-jdk-headless) or set JAVA_HOME to one`;

/** Something that the user has to do before the engine tests can run. */
export class MissingTool extends Error {}

export interface Toolchain {
  /** The JDK's home. */
  readonly javaHome: string;
  readonly java: string;
}

/** @param places folders in which JDKs are usually installed */
export function findToolchain(environment: NodeJS.ProcessEnv = process.env, places: readonly string[] = USUAL_PLACES): Toolchain {
  const javaHome = candidates(environment, places).find(isUsable);
  if (javaHome === undefined) {
    throw new MissingTool(`The engine tests need Java: ${HOW_TO_JAVA}.`);
  }
  if (spawnSync('mvn', ['--version'], { env: { ...environment, JAVA_HOME: javaHome } }).status !== 0) {
    throw new MissingTool(
      'The engine tests need Maven: install it (Debian and Ubuntu: apt-get install maven) so that `mvn` is on the PATH.',
    );
  }
  return { javaHome, java: join(javaHome, 'bin', 'java') };
}

function candidates(environment: NodeJS.ProcessEnv, places: readonly string[]): string[] {
  const homes = environment['JAVA_HOME'] === undefined ? [] : [environment['JAVA_HOME']];
  const shown = spawnSync('java', ['-XshowSettings:properties', '-version'], { encoding: 'utf8', env: environment });
  const home = /^\s*java\.home = (.+)$/m.exec(shown.stderr ?? '')?.[1];
  if (home !== undefined) {
    homes.push(home);
  }
  for (const place of places.filter(existsSync)) {
    for (const name of readdirSync(place)) {
      homes.push(join(place, name), join(place, name, 'Contents', 'Home'));
    }
  }
  return homes;
}

/** A JDK, since Maven compiles with it: a runtime alone has no `javac`. */
function isUsable(home: string): boolean {
  if (!existsSync(join(home, 'bin', 'javac'))) {
    return false;
  }
  const said = spawnSync(join(home, 'bin', 'java'), ['-version'], { encoding: 'utf8' }).stderr ?? '';
  const version = Number(/version "(\d+)/.exec(said)?.[1] ?? 0);
  return version >= OLDEST && version <= NEWEST;
}
