/** Names of new scenario files: without folder and extension. */
import type { Project } from '../../model/project.ts';

type Files = Project['files'];

export function scenarioNameProblem(name: string, files: Files): string | null {
  const text = name.trim();
  if (text === '') {
    return 'Give it a name.';
  }
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_. -]*$/u.test(text)) {
    return 'A name has letters, digits, spaces, - _ and .';
  }
  return taken(text, files) ? `scenarios/${text}.yaml exists: choose another name.` : null;
}

/** The wish as a file name, with a number where it is taken. */
export function freeScenarioName(wish: string, files: Files): string {
  const base =
    wish
      .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1-$2')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '') || 'call';
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken(name, files)) {
      return name;
    }
  }
}

/** File systems of some take `A` for `a`. */
function taken(name: string, files: Files): boolean {
  const path = `scenarios/${name}`.toLowerCase();
  return [...files.keys()].some((file) => file.toLowerCase().replace(/\.ya?ml$/, '') === path);
}
