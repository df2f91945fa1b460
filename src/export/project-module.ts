/** server/project.js: what the server serves, and where. */
import type { FilePath } from '../base/ids.ts';

export function projectModule(functionFiles: readonly FilePath[], ports: readonly number[]): string {
  return [
    '/** Made by the export: the files that may define functions, and the ports that module.yaml names. */',
    "import './binds.js';",
    ...functionFiles.map((path, index) => `import * as file${index} from ${quoted(`../${path}`)};`),
    '',
    'export const functionFiles = [',
    ...functionFiles.map((path, index) => `  { path: ${quoted(path)}, exports: file${index} },`),
    '];',
    '',
    `export const ports = [${ports.join(', ')}];`,
    '',
  ].join('\n');
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
