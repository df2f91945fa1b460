/** The function server on the Java SDK, built together with the test partner. */
import { classPath, ensureJavaBuilt } from '../driver/build-java.ts';
import { findToolchain } from '../driver/toolchain.ts';
import type { ServerCommand } from './language-server.ts';

export function javaServer(): ServerCommand {
  const toolchain = findToolchain();
  ensureJavaBuilt(toolchain);
  const jvm = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  return { command: toolchain.java, args: [...jvm, '-cp', classPath('functions'), 'studio.functions.Server'] };
}
