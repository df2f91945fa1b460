import { zipSync, strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { isSafePath, moduleFolder } from '../../src/app/files/imported-project.ts';
import { readImportedFile } from '../../src/app/files/read-file.ts';

function zipFile(entries: Readonly<Record<string, string | Uint8Array>>, name = 'fraud.zip'): File {
  const bytes = zipSync(
    Object.fromEntries(Object.entries(entries).map(([path, content]) => [path, typeof content === 'string' ? strToU8(content) : content])),
  );
  return new File([new Uint8Array(bytes)], name);
}

describe('files from outside', () => {
  test('a module.yaml comes in byte for byte, named after its file', async () => {
    const text = '# mine\r\nkind: x\n';
    expect(await readImportedFile(new File([text], 'orders.yaml'))).toEqual({
      ok: true,
      value: { type: 'module', name: 'orders', files: new Map([['module.yaml', text]]) },
    });
  });

  test('a project ZIP comes in with text as text and other bytes as bytes', async () => {
    const picture = new Uint8Array([0xff, 0xd8, 0x00, 0x80]);
    const read = await readImportedFile(zipFile({ 'module.yaml': 'a: 1\n', 'functions/a.ts': 'é', 'logo.jpg': picture }));
    expect(read).toEqual({
      ok: true,
      value: {
        type: 'project',
        name: 'fraud',
        files: new Map<string, unknown>([
          ['module.yaml', 'a: 1\n'],
          ['functions/a.ts', 'é'],
          ['logo.jpg', picture],
        ]),
      },
    });
  });

  test('a ZIP with one folder around the project loses that folder, and what is not of the project', async () => {
    const read = await readImportedFile(
      zipFile({
        'shop/module.yaml': 'a: 1\n',
        'shop/functions/a.ts': '1',
        '__MACOSX/shop/._x': 'junk',
        'shop/node_modules/x/i.js': 'junk',
        'shop/venv/bin/python': 'junk',
      }),
    );
    expect(read.ok && [...read.value.files.keys()]).toEqual(['module.yaml', 'functions/a.ts']);
  });

  test('a ZIP without a module.yaml is refused with what it should hold', async () => {
    const read = await readImportedFile(zipFile({ 'readme.md': 'hello' }));
    expect(read).toMatchObject({ ok: false, error: expect.stringContaining('holds no module.yaml') });
  });

  test('a path that leaves the project is refused', async () => {
    const read = await readImportedFile(zipFile({ 'module.yaml': '', '../evil.ts': 'x' }));
    expect(read).toMatchObject({ ok: false, error: expect.stringContaining('../evil.ts') });
    expect(['a/../b', '/etc/passwd', 'a\\b', 'a//b', './a', ''].filter(isSafePath)).toEqual([]);
  });

  test('a damaged ZIP and bytes that are neither text nor ZIP are refused in words', async () => {
    const damaged = new File([new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3])], 'broken.zip');
    expect(await readImportedFile(damaged)).toMatchObject({ ok: false, error: expect.stringContaining('cannot be unpacked') });
    const bytes = new File([new Uint8Array([0xff, 0xfe, 0xfd])], 'module.yaml');
    expect(await readImportedFile(bytes)).toMatchObject({ ok: false, error: expect.stringContaining('neither text nor a ZIP') });
  });

  test('the module.yaml that lies highest names the project’s folder', () => {
    expect(moduleFolder(['a/b/module.yaml', 'z/module.yaml', 'z/x/module.yaml'])).toBe('z/');
    expect(moduleFolder(['module.yaml', 'a/module.yaml'])).toBe('');
    expect(moduleFolder(['a.yaml'])).toBeNull();
  });
});
