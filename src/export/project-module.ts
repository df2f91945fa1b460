/** server/project.js: what the server serves, and where. */
import type { FilePath } from '../base/ids.ts';
import { GENERATED_MARK } from '../model/generated-files.ts';

export function projectModule(functionFiles: readonly FilePath[], ports: readonly number[], paths: readonly string[]): string {
  return [
    `/** ${GENERATED_MARK}: the files that may define functions, and the ports and paths that module.yaml names. */`,
    "import './binds.js';",
    ...functionFiles.map((path, index) => `import * as file${index} from ${quoted(`../${path}`)};`),
    '',
    'export const functionFiles = [',
    ...functionFiles.map((path, index) => `  { path: ${quoted(path)}, exports: file${index} },`),
    '];',
    '',
    `export const ports = [${ports.join(', ')}];`,
    '',
    `export const endpoints = [${paths.map((path) => `{ path: ${quoted(path)} }`).join(', ')}];`,
    '',
  ].join('\n');
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
