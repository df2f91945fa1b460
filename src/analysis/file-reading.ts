/**
 * What one file's exports say, kept with the files that were looked into for it: it holds as long as the same look-ups
 * give the same files.
 */
import type { FilePath } from '../base/ids.ts';
import type { Problem } from '../model/problem.ts';
import { STEP_LIMIT, type Program } from './evaluate.ts';
import { findSpecs, findUnnamed } from './find-specs.ts';
import { noTypename, readFunction, type RawFunction } from './function-facts.ts';
import type { CodeProblemCode } from './problem-codes.ts';
import type { SourceFile } from './source-file.ts';

export interface SpecReading {
  /** The same for one spec, whichever file exports it. */
  readonly key: string;
  readonly path: FilePath;
  readonly from: number;
  /** Null where it has no typename that can be read. */
  readonly read: RawFunction | null;
  readonly problems: readonly Problem<CodeProblemCode>[];
}

export interface FileReading {
  readonly specs: readonly SpecReading[];
  /** What is wrong with the file unless another one imports it. */
  readonly alone: readonly Problem<CodeProblemCode>[];
  /** Every look-up that was made, with its answer. */
  readonly looked: ReadonlyMap<FilePath, SourceFile | undefined>;
}

export function readFile(files: ReadonlyMap<FilePath, SourceFile>, file: SourceFile): FileReading {
  const looked = new Map<FilePath, SourceFile | undefined>();
  const get = (path: FilePath) => {
    const found = files.get(path);
    looked.set(path, found);
    return found;
  };
  const program: Program = { files: { get }, steps: STEP_LIMIT };
  const specs = [...findSpecs(program, file)].map(([key, spec]): SpecReading => {
    program.steps = STEP_LIMIT;
    const problems: Problem<CodeProblemCode>[] = [];
    const read = readFunction(program, spec, problems);
    return { key, path: spec.scope.file.path, from: spec.node.from, read, problems };
  });
  program.steps = STEP_LIMIT;
  return { specs, alone: findUnnamed(program, file).map(noTypename), looked };
}

export function stillHolds(reading: FileReading, files: ReadonlyMap<FilePath, SourceFile>): boolean {
  return [...reading.looked].every(([path, found]) => files.get(path) === found);
}
