/** The project's code of now, compiled once for each state of its files. */
import type { Project } from '../../model/project.ts';
import { STUDIO_JSON, textFile } from '../../model/project.ts';
import { decodeStudioFile } from '../../model/studio-file-codec.ts';
import type { CompileCache } from '../../sandbox/compile/compile-bundle.ts';
import { compileProject } from '../run-setup.ts';
import type { CompiledProject } from '../run-setup.ts';

export interface CurrentCode {
  readonly compiled: CompiledProject;
  /** Real ms that a call may take. */
  readonly limitMillis: number;
}

export class CodeOfNow {
  readonly #cache: CompileCache;
  #of: Project | null = null;
  #code: Promise<CurrentCode> | null = null;

  constructor(cache: CompileCache) {
    this.#cache = cache;
  }

  /** Project values do not change: the same one has the same code. */
  read(project: Project): Promise<CurrentCode> {
    if (this.#of !== project || this.#code === null) {
      this.#of = project;
      this.#code = compile(project, this.#cache);
    }
    return this.#code;
  }
}

async function compile(project: Project, cache: CompileCache): Promise<CurrentCode> {
  const { studio } = decodeStudioFile(textFile(project, STUDIO_JSON));
  return { compiled: await compileProject(project, cache), limitMillis: studio.settings.invocationLimitMillis };
}
