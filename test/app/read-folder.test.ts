import { describe, expect, test } from 'vitest';
import { sourceOfHandle, sourceOfList } from '../../src/app/files/folder-source.ts';
import type { FolderSource } from '../../src/app/files/folder-source.ts';
import { readImportedFolder } from '../../src/app/files/read-folder.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** As the browser's picker gives it; `opened` gets each path that was opened. */
function handleOf(name: string, files: Files, opened: string[] = [], prefix = ''): FileSystemDirectoryHandle {
  const inside = Object.entries(files).filter(([path]) => path.startsWith(prefix));
  const names = [...new Set(inside.map(([path]) => path.slice(prefix.length).split('/')[0] ?? ''))];
  const children = names.map((child) => {
    const content = files[prefix + child];
    return content === undefined
      ? handleOf(child, files, opened, `${prefix}${child}/`)
      : {
          kind: 'file',
          name: child,
          async getFile() {
            opened.push(prefix + child);
            return new File([typeof content === 'string' ? content : new Uint8Array(content)], child);
          },
        };
  });
  return {
    kind: 'directory',
    name,
    async *values() {
      yield* children;
    },
  } as unknown as FileSystemDirectoryHandle;
}

/** As a file input with `webkitdirectory` gives it. */
function listOf(name: string, files: Files): readonly File[] {
  return Object.entries(files).map(([path, content]) =>
    Object.defineProperty(new File([typeof content === 'string' ? content : new Uint8Array(content)], path), 'webkitRelativePath', {
      value: `${name}/${path}`,
    }),
  );
}

const picture = new Uint8Array([0xff, 0xd8, 0x00, 0x80]);
const PROJECT: Files = {
  '.gitignore': 'node_modules/\ndist/\n.env\n*.log\n!keep.log\n*_pb.js\n',
  '.env': 'TOKEN=1\n',
  'module.yaml': 'a: 1\n',
  'functions/a.ts': 'é',
  'functions/keep.log': 'kept',
  'functions/b.log': 'not kept',
  'functions/order_pb.js': 'generated',
  'functions/node_modules/x/index.js': 'not kept',
  '.git/HEAD': 'ref',
  '.venv/lib/statefun/core.py': 'not kept',
  'functions/__pycache__/greeter.cpython-311.pyc': 'not kept',
  'dist/server.cjs': 'built',
  'logo.jpg': picture,
};
const TAKEN = new Map<string, unknown>([
  ['.gitignore', PROJECT['.gitignore']],
  ['module.yaml', 'a: 1\n'],
  ['functions/a.ts', 'é'],
  ['functions/keep.log', 'kept'],
  ['functions/order_pb.js', 'generated'],
  ['logo.jpg', picture],
]);

describe.each<[string, (name: string, files: Files) => FolderSource]>([
  ['picked', (name, files) => sourceOfHandle(handleOf(name, files))],
  ['given as a list of files', (name, files) => sourceOfList(listOf(name, files))],
])('a folder that was %s', (_how, sourceOf) => {
  test('comes in without what its .gitignore names and what tools made', async () => {
    expect(await readImportedFolder(sourceOf('shop', PROJECT))).toEqual({
      ok: true,
      value: { type: 'project', name: 'shop', files: TAKEN },
    });
  });

  test('may have the project in a folder of its own', async () => {
    const read = await readImportedFolder(sourceOf('repo', { 'README.md': '', 'app/module.yaml': '', 'app/functions/a.ts': '' }));
    expect(read.ok && [...read.value.files.keys()]).toEqual(['module.yaml', 'functions/a.ts']);
  });

  test('without a module.yaml is refused with what it should hold', async () => {
    expect(await readImportedFolder(sourceOf('photos', { 'a.txt': '' }))).toEqual({
      ok: false,
      error: 'photos holds no module.yaml. A project has one at its top, with functions/ beside it.',
    });
  });
});

test('folders that are left out are not entered', async () => {
  const opened: string[] = [];
  await readImportedFolder(sourceOfHandle(handleOf('shop', PROJECT, opened)));
  expect(opened.filter((path) => /^dist|node_modules|^\.git\/|\.env|\.venv|__pycache__/.test(path))).toEqual([]);
});

test('a folder that is no project’s is given up at 5,000 files', async () => {
  const opened: string[] = [];
  const many = Object.fromEntries(Array.from({ length: 6000 }, (_, index) => [`a${index}.txt`, '']));
  const read = await readImportedFolder(sourceOfHandle(handleOf('home', many, opened)));
  expect(read).toMatchObject({ ok: false, error: expect.stringContaining('home holds more than 5,000 files.') });
  expect(opened.length).toBeLessThan(6000);
});

test('a file that cannot be read is named', async () => {
  const broken = {
    kind: 'file',
    name: 'locked.ts',
    getFile: () => Promise.reject(new Error('not allowed')),
  };
  const folder = {
    name: 'shop',
    async *values() {
      yield broken;
    },
  } as unknown as FileSystemDirectoryHandle;
  expect(await readImportedFolder(sourceOfHandle(folder))).toEqual({ ok: false, error: 'locked.ts cannot be read: not allowed' });
});
