/** The text of a sandbox worker: the harness with the SDK, then the bundle's files as functions, then the call that hands them over. */
import type { CodeBundle } from './sandbox-api.ts';
import { START_NAME } from './wire.ts';
import type { ModuleEntry, ModuleTable } from './wire.ts';

export interface AssembledScript {
  /** To be joined as they are; the first is the same for every bundle. */
  readonly parts: readonly string[];
  readonly table: ModuleTable;
}

/**
 * @param harness what `buildSandboxText` made
 * @param prelude one line of the host's own that runs before everything, or ''
 */
export function assembleScript(harness: string, bundle: CodeBundle, prelude: string): AssembledScript {
  const head = `${prelude}\n${harness}\n`;
  let line = countLines(head) + 1;
  const bodies: string[] = [];
  const probe = bundle.probe ?? bundle.stalls;
  const parameters = ['require', 'module', 'exports', ...(probe === undefined ? [] : [probe.name])].join(', ');
  const files: ModuleEntry[] = [];
  for (const { path, role, code, imports, missing = {}, async, empty } of bundle.files) {
    const lines = countLines(code) + 1;
    // After the opening bracket's line, and this file's own first line.
    line += 1;
    files.push({ path, role, firstLine: line, lines, imports, missing, async, empty });
    bodies.push(`function (${parameters}) {\n${code}\n},`);
    line += lines;
  }
  const table: ModuleTable = {
    hash: bundle.hash,
    files,
    rules: bundle.rules,
    ...(bundle.probe === undefined ? {} : { observed: bundle.probe.points }),
    ...(bundle.stalls === undefined ? {} : { stalls: { points: bundle.stalls.points, afterMillis: bundle.stalls.afterMillis } }),
  };
  return { parts: [head, `${START_NAME}(${escapeLines(JSON.stringify(table))}, [`, bodies.join(''), ']);\n'], table };
}

function countLines(text: string): number {
  // Line terminators as the language has them: V8 counts all of these.
  return text.match(/\r\n|[\n\r\u2028\u2029]/g)?.length ?? 0;
}

function escapeLines(json: string): string {
  return json.replaceAll('\u2028', String.raw`\u2028`).replaceAll('\u2029', String.raw`\u2029`);
}
