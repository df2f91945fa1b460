import { expect, test } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { copyPath, fileTree, foldersOf, pathProblem } from '../../src/code/file-tree.ts';

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

test('a file lies in all folders of its path, and in none when it has none', () => {
  expect(foldersOf(filePath('functions/shared/types.ts'))).toEqual(['functions', 'functions/shared']);
  expect(foldersOf(filePath('module.yaml'))).toEqual([]);
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

test('a copy stands beside its file, under the first name that is free', () => {
  const taken = new Map([filePath('functions/a.ts'), filePath('functions/a-copy.ts')].map((path) => [path, '']));
  expect(copyPath(filePath('functions/b.test.ts'), taken)).toBe('functions/b-copy.test.ts');
  expect(copyPath(filePath('functions/a.ts'), taken)).toBe('functions/a-copy-2.ts');
  expect(copyPath(filePath('v1.0/LICENSE'), taken)).toBe('v1.0/LICENSE-copy');
  expect(copyPath(filePath('.env'), taken)).toBe('.env-copy');
});
