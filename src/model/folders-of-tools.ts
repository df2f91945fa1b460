/**
 * Folders in a project's that tools made, for whatever language its functions are in: they are no part of it, are made anew from what is, and
 * fit the machine that they were made on.
 */
export const FOLDERS_OF_TOOLS: ReadonlySet<string> = new Set([
  'node_modules',
  '.git',
  '.venv',
  'venv',
  '__pycache__',
  '.pytest_cache',
  '.mypy_cache',
  '.gradle',
]);
