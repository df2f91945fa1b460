import type { Result } from '../../base/result.ts';
import type { Edit } from '../../model/edit.ts';

/** Edits, or why there are none, as a sentence without its end. */
export type SmallEdit = Result<readonly Edit[], string>;
