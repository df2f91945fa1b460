/** What of a project is run: its code, and its stubs as the rules that they mean. */
import { projectCode } from '../model/code-files.ts';
import type { ImportScans } from '../model/code-files.ts';
import type { FilePath } from '../base/ids.ts';
import type { Problem } from '../model/problem.ts';
import type { Project } from '../model/project.ts';
import { isStubRuleFile, readStubFile } from '../module-yaml/read-stub-file.ts';
import type { SourceFile, StubRulesFile } from '../sandbox/sandbox-api.ts';

export interface CodeSources {
  readonly sources: readonly SourceFile[];
  readonly rules: readonly StubRulesFile[];
  /** What is wrong with files of rules. */
  readonly faults: readonly { readonly path: FilePath; readonly text: string; readonly problem: Problem }[];
}

export function codeSources(files: Project['files'], scans?: ImportScans): CodeSources {
  const rules: StubRulesFile[] = [];
  const faults: CodeSources['faults'][number][] = [];
  for (const [path, text] of files) {
    if (typeof text === 'string' && isStubRuleFile(path)) {
      const read = readStubFile(path, text);
      rules.push({ path, rules: read.rules });
      faults.push(...read.problems.map((problem) => ({ path, text, problem })));
    }
  }
  const { functions, stubs } = projectCode(files, scans);
  return { sources: [...functions, ...stubs].map(([path, text]): SourceFile => ({ path, text })), rules, faults };
}
