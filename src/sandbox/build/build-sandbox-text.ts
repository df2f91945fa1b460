/**
 * The scripts of the sandbox as texts: the worker's (harness, SDK and Buffer in one) and the page's boot script. Made by
 * the bundler in memory and kept under node_modules/.cache by the hash of what goes in. Build time and Node only.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, version } from 'vite';

const root = process.cwd();
const sources = ['src/sandbox', 'src/base', 'src/protocol'];
const packages = ['apache-flink-statefun', 'google-protobuf', 'buffer'];

/** The text that `createNodeHost` and the app's worker start sandboxes with. */
export function buildSandboxText(): Promise<string> {
  return cached('src/sandbox/worker/entry.ts');
}

/** The one inline script of sandbox.html. */
export function buildBootText(): Promise<string> {
  return cached('src/sandbox/page/boot.ts');
}

const made = new Map<string, Promise<string>>();

async function cached(entry: string): Promise<string> {
  const hash = await inputHash(entry);
  const known = made.get(hash);
  if (known !== undefined) {
    return known;
  }
  const text = fromDisk(entry, hash);
  made.set(hash, text);
  return text;
}

async function fromDisk(entry: string, hash: string): Promise<string> {
  const folder = join(root, 'node_modules/.cache/statefun-sandbox');
  const file = join(folder, `${hash}.js`);
  try {
    return await readFile(file, 'utf8');
  } catch {
    const text = await bundle(entry);
    await mkdir(folder, { recursive: true });
    // Several processes may build at once: each file appears whole.
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, text);
    await rename(draft, file);
    return text;
  }
}

async function inputHash(entry: string): Promise<string> {
  const hash = createHash('sha256').update(`${entry}\n${version}\n`);
  for (const folder of sources) {
    const names = (await readdir(join(root, folder), { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
    for (const name of names) {
      hash.update(`${name}\n`).update(await readFile(join(root, folder, name)));
    }
  }
  for (const name of packages) {
    const manifest = JSON.parse(await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8')) as { version: string };
    hash.update(`${name}@${manifest.version}\n`);
  }
  return hash.digest('hex');
}

async function bundle(entry: string): Promise<string> {
  const output = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2023',
      // Names are kept: code may show the SDK's class names, and error texts must not depend on the bundler's mood.
      minify: false,
      modulePreload: false,
      rolldownOptions: {
        input: join(root, entry),
        output: { format: 'iife', strict: true, minify: { compress: false, mangle: false, codegen: true } },
      },
    },
  });
  const [result] = Array.isArray(output) ? output : [output];
  const chunk = result !== undefined && 'output' in result ? result.output[0] : undefined;
  if (chunk === undefined || chunk.type !== 'chunk') {
    throw new Error(`the bundler gave no script for ${entry}`);
  }
  return chunk.code;
}
