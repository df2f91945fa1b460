/**
 * A project without its secrets: each that was found is replaced by a name that is filled in where the project runs. The project itself
 * stays as it is; this makes another one.
 *
 * W1 no value that was taken out is anywhere in the result, in whatever file.
 * W2 what cannot be taken out is a problem, never left silently.
 * W3 where StateFun or its clients can look a secret up themselves, they do, and module.yaml loads as it is.
 */
import type { FilePath } from '../../base/ids.ts';
import { decodeUtf8 } from '../../base/text-encoding.ts';
import { isScript, projectCode } from '../../model/code-files.ts';
import { isGeneratedText } from '../../model/generated-files.ts';
import type { Problem } from '../../model/problem.ts';
import type { Project } from '../../model/project.ts';
import { MODULE_YAML, textFile } from '../../model/project.ts';
import { isSecretFile } from '../find-secrets.ts';
import { codeReplacement } from './code-secrets.ts';
import { leaveOutOfModule } from './module-without-secrets.ts';
import type { LeftOut } from './left-out.ts';
import { SecretNames, filesIn, markersIn, variablesIn } from './secret-names.ts';
import { secretStays } from './secret-stays.ts';
import { isRead, textSecrets } from './text-secrets.ts';
import type { TextSecret } from './text-secrets.ts';

export interface WithoutSecrets {
  readonly project: Project;
  readonly leftOut: readonly LeftOut[];
  /** What could not be taken out: then this may not leave. */
  readonly problems: readonly Problem[];
}

/** Shorter values are replaced where they stand, and not looked for elsewhere: they would be found in innocent words. */
const SWEPT = 8;

export function leaveSecretsOut(project: Project): WithoutSecrets {
  const moduleText = textFile(project, MODULE_YAML) ?? '';
  const code = projectCode(project.files).functions;
  const names = new SecretNames([...[...code.values()].flatMap(variablesIn), ...filesIn(moduleText), ...markersIn(moduleText)]);
  const leftOut: LeftOut[] = [];
  const problems: Problem[] = [];
  /** Every value that was taken out, and what stands in its place in texts. */
  const values = new Map<string, string>();
  const files = new Map<FilePath, string | Uint8Array>();
  for (const [path, content] of project.files) {
    if (isSecretFile(path)) {
      leftOut.push({ kind: 'secret-file', path, line: null, what: path, name: null, instead: 'left out' });
    } else {
      files.set(path, content);
    }
  }
  if (moduleText !== '') {
    const module = leaveOutOfModule(moduleText, names);
    module.values.forEach((place, value) => values.set(value, place));
    leftOut.push(...module.leftOut);
    problems.push(...module.problems);
    files.set(MODULE_YAML, module.text);
  }
  const keep: Taking = { original: project, names, leftOut, problems, values };
  for (const [path, content] of files) {
    if (typeof content === 'string' && isRead(path, content)) {
      files.set(
        path,
        isScript(path) && path !== MODULE_YAML
          ? outOfCode(path, content, keep, () => textSecrets(path, content))
          : outOfText(path, content, keep),
      );
    }
  }
  sweep(files, keep);
  return { project: { files }, leftOut: leftOut.sort(byPlace), problems };
}

interface Taking {
  /** The project as the user has it. */
  readonly original: Project;
  readonly names: SecretNames;
  readonly leftOut: LeftOut[];
  readonly problems: Problem[];
  readonly values: Map<string, string>;
}

function outOfText(path: FilePath, text: string, { names, leftOut, values }: Taking): string {
  let rest = text;
  for (const { from, to, value, line, what, name } of textSecrets(path, text).toReversed()) {
    const end = name === 'PRIVATE_KEY' ? endOfKey(text, from) : to;
    const called = names.nameOf(value, name);
    const instead = path === MODULE_YAML ? '…' : `\${${called}}`;
    rest = rest.slice(0, from) + instead + rest.slice(end);
    values.set(text.slice(from, end), instead);
    leftOut.push({ kind: 'secret-in-text', path, line, what, name: null, instead: `${instead}, which nothing fills in` });
  }
  return rest;
}

function endOfKey(text: string, from: number): number {
  const end = /-----END (?:[A-Z]+ )*PRIVATE KEY-----/.exec(text.slice(from));
  return end === null ? text.length : from + end.index + end[0].length;
}

/** @param find what is to be taken out of a text, again after each replacement */
function outOfCode(path: FilePath, text: string, keep: Taking, find: (text: string) => readonly TextSecret[]): string {
  let rest = text;
  for (const secret of find(text).toReversed()) {
    const replacement = codeReplacement(rest, secret, (value, name) => keep.names.nameOf(value, name));
    if (replacement === null) {
      keep.problems.push(secretStays({ path, line: secret.line, what: secret.what }, textFile(keep.original, path)));
      continue;
    }
    const { from, to, insert, name, value } = replacement;
    rest = rest.slice(0, from) + insert + rest.slice(to);
    keep.values.set(value, name === null ? insert : `\${${name}}`);
    keep.values.set(secret.value, name === null ? insert : `\${${name}}`);
    keep.leftOut.push({
      kind: 'secret-in-code',
      path,
      line: secret.line,
      what: secret.what,
      name,
      instead: name === null ? 'left out of the comment' : `process.env.${name}`,
    });
  }
  return rest;
}

/** The same values elsewhere: in comments, in other files, in bytes. */
function sweep(files: Map<FilePath, string | Uint8Array>, keep: Taking): void {
  const sought = [...keep.values].filter(([value]) => value.length >= SWEPT).sort(([a], [b]) => b.length - a.length);
  for (const [path, content] of files) {
    if (typeof content !== 'string') {
      const bytes = decodeUtf8(content);
      if (sought.some(([value]) => bytes.includes(value))) {
        keep.problems.push(secretStays({ path, line: null, what: 'a value that is a secret elsewhere in the project' }, null));
      }
      continue;
    }
    let text = content;
    for (const [value, instead] of sought) {
      if (!text.includes(value)) {
        continue;
      }
      const line = text.slice(0, text.indexOf(value)).split('\n').length;
      const what = 'the same value once more';
      if (isScript(path) && !isGeneratedText(text)) {
        text = outOfCode(path, text, keep, (code) => occurrences(code, value, what));
      } else {
        text = text.replaceAll(value, () => instead);
        keep.leftOut.push({ kind: 'secret-in-text', path, line, what, name: null, instead });
      }
    }
    files.set(path, text);
  }
}

function occurrences(text: string, value: string, what: string): readonly TextSecret[] {
  const found: TextSecret[] = [];
  for (let from = text.indexOf(value); from !== -1; from = text.indexOf(value, from + value.length)) {
    found.push({ line: text.slice(0, from).split('\n').length, from, to: from + value.length, value, what, name: 'SECRET' });
  }
  return found;
}

function byPlace(a: LeftOut, b: LeftOut): number {
  if (a.path !== b.path) {
    return a.path === MODULE_YAML ? -1 : b.path === MODULE_YAML ? 1 : a.path < b.path ? -1 : 1;
  }
  return (a.line ?? 0) - (b.line ?? 0);
}
