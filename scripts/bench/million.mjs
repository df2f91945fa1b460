/** Peak memory of `statefun-studio simulate` on a million records: at a rate, as from a busy topic, and all at once, as a backlog. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../install.mjs';

const RECORDS = 1_000_000;
const LOOK_EVERY_MS = 500;
const SHAPES = { 'at 5 000 a second': '\n      rate: { perSecond: 5000, jitter: poisson }', 'all at once': '' };

export async function measureMillion({ say }) {
  const folder = mkdtempSync(join(tmpdir(), 'statefun-million-'));
  try {
    cpSync(join(root, 'src/examples/greeter/project'), folder, { recursive: true });
    const runs = [];
    for (const [shape, rate] of Object.entries(SHAPES)) {
      say(`a million records ${shape}`);
      writeFileSync(join(folder, 'scenarios/million.yaml'), scenario(rate));
      // One after the other: each is to have the machine for itself.
      // oxlint-disable-next-line no-await-in-loop
      runs.push({ shape, ...(await simulate(folder)) });
    }
    return { records: RECORDS, runs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function scenario(rate) {
  return `title: A million visits
settings: { checkpointInterval: 10 s }
steps:
  - send:
      topic: visits
      key: 'visitor-{{int 1 20000}}'
      json: { name: '{{key}}', door: '{{pick north|south}}', note: 'The quick brown fox jumps over the lazy dog, {{uuid}}, and again.' }
      repeat: ${RECORDS}${rate}
`;
}

async function simulate(folder) {
  const began = performance.now();
  const args = [join(root, 'bin/statefun-studio.mjs'), 'simulate', folder, '--scenario', 'million', '--trace', '/dev/null', '--json'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid));
  }, LOOK_EVERY_MS);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const code = await new Promise((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', reject);
  });
  clearInterval(watch);
  if (code !== 0) {
    throw new Error(`simulate ended with ${code}: ${output.slice(0, 500)}`);
  }
  const seconds = (performance.now() - began) / 1000;
  return { peakBytes: peak, seconds, perSecond: RECORDS / seconds };
}

/** The kernel's own high-water mark of a process's memory; 0 once it has ended. */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
