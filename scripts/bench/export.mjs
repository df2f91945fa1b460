/** Each example exported twice, in two time zones, by processes of their own: whether the ZIPs are one, byte for byte. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../install.mjs';

const ZONES = ['UTC', 'Asia/Kathmandu'];

export function measureExport() {
  const folder = mkdtempSync(join(tmpdir(), 'statefun-bench-export-'));
  const examples = readdirSync(join(root, 'src/examples'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  try {
    return examples.map(({ name }) => {
      const zips = ZONES.map((zone, index) => zipOf(name, join(folder, `${name}-${index}.zip`), zone));
      const [first, ...others] = zips.map((zip) => createHash('sha256').update(zip).digest('hex'));
      return { example: name, bytes: zips[0].length, sha256: first, same: others.every((hash) => hash === first) };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function zipOf(example, file, zone) {
  const program = join(root, 'bin/statefun-studio.mjs');
  const { status, stderr } = spawnSync(
    process.execPath,
    [program, 'export', join(root, 'src/examples', example, 'project'), '--zip', file],
    {
      encoding: 'utf8',
      env: { ...process.env, TZ: zone },
    },
  );
  if (status !== 0) {
    throw new Error(`export of ${example}: ${stderr}`);
  }
  return readFileSync(file);
}
