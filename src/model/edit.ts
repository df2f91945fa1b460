/**
 * Edits are the only way a project changes. They are plain data, apply in list order, and reverse exactly, so one history
 * serves the canvas, the forms and the editors.
 */
import type { FilePath } from '../base/ids.ts';
import { assertNever } from '../base/assert-never.ts';
import type { Project } from './project.ts';

export type Edit =
  | { readonly type: 'text'; readonly path: FilePath; readonly from: number; readonly to: number; readonly insert: string }
  | { readonly type: 'create'; readonly path: FilePath; readonly content: string | Uint8Array }
  | { readonly type: 'delete'; readonly path: FilePath };

/**
 * Applies edits in order; each sees the result of the one before. Throws on an edit that does not fit the project
 * (a bug of the caller: commands validate, users never write edits).
 */
export function applyEdits(project: Project, edits: readonly Edit[]): Project {
  const files = new Map(project.files);
  for (const edit of edits) {
    applyOne(files, edit);
  }
  return { files };
}

/** The edits that undo `edits`, for the project they were applied to. */
export function invertEdits(project: Project, edits: readonly Edit[]): readonly Edit[] {
  const files = new Map(project.files);
  const inverse: Edit[] = [];
  for (const edit of edits) {
    inverse.unshift(invertOne(files, edit));
    applyOne(files, edit);
  }
  return inverse;
}

function applyOne(files: Map<FilePath, string | Uint8Array>, edit: Edit): void {
  switch (edit.type) {
    case 'text': {
      const text = textOf(files, edit.path);
      if (edit.from < 0 || edit.from > edit.to || edit.to > text.length) {
        throw new Error(`edit outside ${edit.path}: ${edit.from}..${edit.to} of ${text.length}`);
      }
      files.set(edit.path, text.slice(0, edit.from) + edit.insert + text.slice(edit.to));
      return;
    }
    case 'create':
      if (files.has(edit.path)) {
        throw new Error(`file exists: ${edit.path}`);
      }
      files.set(edit.path, edit.content);
      return;
    case 'delete':
      if (!files.delete(edit.path)) {
        throw new Error(`no such file: ${edit.path}`);
      }
      return;
    default:
      assertNever(edit);
  }
}

function invertOne(files: ReadonlyMap<FilePath, string | Uint8Array>, edit: Edit): Edit {
  switch (edit.type) {
    case 'text': {
      const removed = textOf(files, edit.path).slice(edit.from, edit.to);
      return { type: 'text', path: edit.path, from: edit.from, to: edit.from + edit.insert.length, insert: removed };
    }
    case 'create':
      return { type: 'delete', path: edit.path };
    case 'delete': {
      const content = files.get(edit.path);
      if (content === undefined) {
        throw new Error(`no such file: ${edit.path}`);
      }
      return { type: 'create', path: edit.path, content };
    }
    default:
      return assertNever(edit);
  }
}

function textOf(files: ReadonlyMap<FilePath, string | Uint8Array>, path: FilePath): string {
  const content = files.get(path);
  if (typeof content !== 'string') {
    throw new Error(`not a text file: ${path}`);
  }
  return content;
}
