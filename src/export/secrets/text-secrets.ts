/** What looks like a secret in a text, line by line. It may err in both directions. */
import type { FilePath } from '../../base/ids.ts';
import { isGeneratedText } from '../../model/generated-files.ts';
import { MODULE_YAML, isFunctionFile } from '../../model/project.ts';
import { IN_CONFIGURATION, IN_TEXT, isPlaceholder } from './secret-patterns.ts';
import type { TextPattern } from './secret-patterns.ts';

export interface TextSecret {
  /** From 1. */
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly value: string;
  readonly what: string;
  /** What its variable may be called. */
  readonly name: string;
}

/** Longer lines are data, or a bundle. */
const LONGEST = 5000;

/** One of these is in every line that a pattern fits: a quick look spares most lines the patterns. */
const HINT = /passw|passphrase|secret|key|token|jaas|bearer |AKIA|ASIA|:\/\/|gh[pousr]_|github_pat_|xox|sk_live_|npm_/i;

const ANYWHERE = IN_TEXT.map(global);
const CONFIGURED = [...IN_TEXT, IN_CONFIGURATION].map(global);

function global(pattern: TextPattern): TextPattern {
  return { ...pattern, pattern: new RegExp(pattern.pattern, `${pattern.pattern.flags}g`) };
}

const CONFIGURATION = /\.(?:ya?ml|properties|conf|ini|toml)$/;

/** Code and what is written by hand beside it; not the generated, and not what only holds records. */
export function isRead(path: FilePath, text: string): boolean {
  return (
    (isFunctionFile(path) ||
      (/\.(?:[cm]?[jt]sx?|ya?ml|json|properties|conf|ini|toml)$|(?:^|\/)\.npmrc$/.test(path) &&
        !/(?:^|\/)package-lock\.json$/.test(path))) &&
    !isGeneratedText(text)
  );
}

/** In the order of the text. */
export function textSecrets(path: FilePath, text: string): readonly TextSecret[] {
  const patterns = CONFIGURATION.test(path) ? CONFIGURED : ANYWHERE;
  const found: TextSecret[] = [];
  let offset = 0;
  for (const [index, line] of text.split('\n').entries()) {
    for (const hit of line.length > LONGEST || !HINT.test(line) ? [] : inLine(line, patterns)) {
      // A module.yaml's values are judged by what they are for; here are its comments.
      if (path !== MODULE_YAML || /(?:^|\s)#/.test(line.slice(0, hit.from))) {
        found.push({ ...hit, line: index + 1, from: offset + hit.from, to: offset + hit.from + hit.value.length });
      }
    }
    offset += line.length + 1;
  }
  return found;
}

function inLine(line: string, patterns: readonly TextPattern[]): readonly Omit<TextSecret, 'line' | 'to'>[] {
  const hits: Omit<TextSecret, 'line' | 'to'>[] = [];
  for (const { pattern, what, name } of patterns) {
    for (const match of line.matchAll(pattern)) {
      const value = match.groups?.['secret'] ?? '';
      const from = match.index + match[0].lastIndexOf(value);
      const isNew = hits.every((hit) => from >= hit.from + hit.value.length || from + value.length <= hit.from);
      if (isNew && !isPlaceholder(value)) {
        hits.push({ from, value, what, name: match.groups?.['name'] ?? name });
      }
    }
  }
  return hits.sort((a, b) => a.from - b.from);
}
