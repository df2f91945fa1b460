import { expect, test } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { fileTree, pathProblem } from '../../src/code/file-tree.ts';

const paths = ['studio.json', 'functions/b.ts', 'functions/a.ts', 'functions/shared/types.ts', 'module.yaml'].map(filePath);

test('folders come first, then files, each by name', () => {
  expect(fileTree(paths)).toEqual([
    {
      key: 'functions',
      name: 'functions',
      children: [
        { key: 'functions/shared', name: 'shared', children: [{ key: 'functions/shared/types.ts', name: 'types.ts', children: [] }] },
        { key: 'functions/a.ts', name: 'a.ts', children: [] },
        { key: 'functions/b.ts', name: 'b.ts', children: [] },
      ],
    },
    { key: 'module.yaml', name: 'module.yaml', children: [] },
    { key: 'studio.json', name: 'studio.json', children: [] },
  ]);
});

test('a path that is taken, or would turn a file into a folder, is refused', () => {
  const files = new Map(paths.map((path) => [path, '']));
  expect(pathProblem('functions/c.ts', files)).toBeNull();
  expect(pathProblem('module.yaml', files)).toBe('A file with this path exists.');
  expect(pathProblem('functions', files)).toContain('either a folder or a file');
  expect(pathProblem('module.yaml/x', files)).toContain('either a folder or a file');
  expect(pathProblem('../secret', files)).toContain('without . or ..');
  expect(pathProblem('functions/', files)).toBe('Write the name of the file.');
});
