/**
 * Several edits put together into one command. Each step sees the project as the steps before left it; the first step
 * that fails ends the command with its problems, and nothing is edited.
 */
import type { FilePath, NodeId } from '../base/ids.ts';
import type { JsonValue } from '../base/json.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import { applyEdits, type Edit } from '../model/edit.ts';
import { scanJson } from '../model/json-text.ts';
import type { DecodedModule } from '../model/module.ts';
import type { Problem } from '../model/problem.ts';
import { MODULE_YAML, STUDIO_JSON, textFile, type Project } from '../model/project.ts';
import { setStudioValue } from '../model/studio-file-codec.ts';
import { decodeModule } from '../module-yaml/decode.ts';
import { deriveContext } from './derive.ts';
import type { CommandProblemCode } from './problem-codes.ts';

export type ModulePatch = (text: string) => Result<readonly Edit[], readonly Problem[]>;

export class EditSession {
  readonly #context: CommandContext;
  readonly #released = new Set<NodeId>();
  #project: Project;
  #edits: readonly Edit[] = [];
  #problems: readonly Problem[] | null = null;

  constructor(context: CommandContext) {
    this.#context = context;
    this.#project = context.project;
  }

  /** The project with the edits so far. */
  get project(): Project {
    return this.#project;
  }

  get failed(): boolean {
    return this.#problems !== null;
  }

  edit(edits: readonly Edit[]): void {
    if (this.#problems === null && edits.length > 0) {
      this.#project = applyEdits(this.#project, edits);
      this.#edits = [...this.#edits, ...edits];
    }
  }

  fail(...problems: readonly Problem[]): void {
    this.#problems ??= problems;
  }

  refuse(code: CommandProblemCode, message: string, place: Omit<Problem, 'code' | 'message' | 'severity'> = {}): void {
    this.fail({ code, severity: 'error', message, ...place });
  }

  /** Edits module.yaml, and creates it when there is none. Refused while its text cannot be read. */
  patchModule(patch: ModulePatch): void {
    if (this.#problems !== null) {
      return;
    }
    if (!this.#context.moduleCurrent) {
      this.fail(unreadableModule(this.#context.project));
      return;
    }
    const text = textFile(this.#project, MODULE_YAML);
    const result = patch(text ?? '');
    if (!result.ok) {
      this.fail(...result.error);
    } else {
      this.edit(text === null ? createdBy(result.value) : result.value);
    }
  }

  /** The module as it is after the edits so far. */
  decodedModule(): DecodedModule {
    return decodeModule(textFile(this.#project, MODULE_YAML) ?? '');
  }

  /** Sets or removes (undefined) one value of studio.json. Refused while its text cannot be read. */
  setStudio(path: readonly (string | number)[], value: JsonValue | undefined): void {
    if (this.#problems !== null) {
      return;
    }
    const text = textFile(this.#project, STUDIO_JSON);
    const scan = scanJson(text ?? '{}');
    if (text?.trim() !== '' && (!scan.ok || scan.root.type !== 'object')) {
      this.refuse('studio-unreadable', 'studio.json cannot be read; mend its text first, so that nothing in it is lost.', {
        path: STUDIO_JSON,
      });
      return;
    }
    this.edit(setStudioValue(text, path, value));
  }

  /** Says that a function is meant to go, or goes on under another name. */
  release(nodes: Iterable<NodeId>): void {
    for (const node of nodes) {
      this.#released.add(node);
    }
  }

  /** Adds an item to a list of studio.json. */
  addToStudioList(list: string, value: JsonValue): void {
    const scan = scanJson(textFile(this.#project, STUDIO_JSON) ?? '{}');
    const members = scan.ok && scan.root.type === 'object' ? scan.root.members : [];
    const found = members.findLast((member) => member.key === list)?.value;
    if (found?.type === 'array') {
      this.setStudio([list, found.items.length], value);
    } else {
      this.setStudio([list], [value]);
    }
  }

  text(path: FilePath): string | null {
    return textFile(this.#project, path);
  }

  /** Ends the command. A function that nothing names any more, though nobody deleted it, stays as a draft. */
  result(): CommandResult {
    const { graph } = this.#context;
    if (this.#problems === null && this.#edits.length > 0 && graph.nodes.some((node) => node.type === 'function' && node.code === null)) {
      const now = new Set(deriveContext(this.#project, this.#context).graph.nodes.map((node) => node.id));
      for (const node of graph.nodes) {
        if (node.type === 'function' && !now.has(node.id) && !this.#released.has(node.id)) {
          this.addToStudioList('drafts', { type: 'function', typename: node.typename });
        }
      }
    }
    return this.#problems === null ? ok(this.#edits) : err(this.#problems);
  }
}

/** Why module.yaml takes no edits from the canvas now, with the line. */
export function unreadableModule(project: Project): Problem<CommandProblemCode> {
  const text = textFile(project, MODULE_YAML) ?? '';
  const fault = decodeModule(text).problems.find((problem) => problem.severity === 'error');
  const line = fault?.range === undefined ? null : text.slice(0, fault.range.from).split('\n').length;
  const where = line === null ? 'it' : `line ${line}`;
  return {
    code: 'module-unreadable',
    severity: 'error',
    message: `module.yaml takes no changes from here while ${where} cannot be read; mend its text first.`,
    path: MODULE_YAML,
    ...(fault?.range === undefined ? {} : { range: fault.range }),
  };
}

function createdBy(edits: readonly Edit[]): readonly Edit[] {
  if (edits.some((edit) => edit.type === 'create')) {
    return edits;
  }
  const empty: Project = { files: new Map([[MODULE_YAML, '']]) };
  const content = textFile(applyEdits(empty, edits), MODULE_YAML) ?? '';
  return [{ type: 'create', path: MODULE_YAML, content }];
}
