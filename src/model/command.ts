/** A command is a pure function from the project to edits; `commands/` holds one a file. */
import type { Result } from '../base/result.ts';
import type { CodeFacts } from './code-facts.ts';
import type { Edit } from './edit.ts';
import type { Graph } from './graph.ts';
import type { DecodedModule } from './module.ts';
import type { Problem } from './problem.ts';
import type { Project } from './project.ts';
import type { StudioFile } from './studio-file.ts';

/** The project and the views derived from it. `moduleCurrent` is false while module.yaml does not parse. */
export interface CommandContext {
  readonly project: Project;
  readonly studio: StudioFile;
  readonly module: DecodedModule;
  readonly moduleCurrent: boolean;
  readonly facts: CodeFacts;
  readonly graph: Graph;
}

export type CommandResult = Result<readonly Edit[], readonly Problem[]>;
