/** The scenarios in docs/scenario.md: every block of YAML there is a whole file, with the project that it is for. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface DocumentedScenario {
  readonly name: string;
  /** An example of the Studio. */
  readonly project: string;
  readonly text: string;
}

export const MANUAL = readFileSync(fileURLToPath(new URL('../../docs/scenario.md', import.meta.url)), 'utf8');

export function documentedScenarios(): readonly DocumentedScenario[] {
  return [...MANUAL.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text = '']) => {
    const head = /^# (\S+\.yaml) of (\S+)\n/.exec(text);
    if (head === null) {
      throw new Error(`a scenario of the manual that does not begin with its name and project:\n${text}`);
    }
    return { name: head[1] ?? '', project: head[2] ?? '', text };
  });
}
