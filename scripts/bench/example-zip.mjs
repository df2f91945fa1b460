/** The fraud detection example as a project ZIP, fed by a backlog: what one would export after changing its feeds. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { root } from '../install.mjs';

export const EXAMPLE = 'fraud-detection';
export const EXAMPLE_FOLDER = join(root, 'src/examples', EXAMPLE, 'project');

/** `transactions` arrive all at once before the run begins, and nothing else does. */
export function backlogZip(transactions) {
  return exampleZip((studio) => {
    for (const feed of studio.feeds) {
      if (feed.topic === 'transactions') {
        feed.arrival = { type: 'backlog' };
        feed.count = transactions;
      } else {
        feed.enabled = false;
      }
    }
    // The busiest account's backlog comes in one batch of a thousand messages: seconds of work on a slow machine, and no fault.
    return { ...studio, settings: { ...studio.settings, invocationLimitMillis: 60_000 } };
  });
}

/** The example with its studio.json changed, and with other texts for some files. */
export async function exampleZip(changeStudio, texts = {}) {
  const { strToU8, zipSync } = await import('fflate');
  const entries = readdirSync(EXAMPLE_FOLDER, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = {};
  for (const entry of entries) {
    const full = join(entry.parentPath, entry.name);
    files[relative(EXAMPLE_FOLDER, full).split(sep).join('/')] = new Uint8Array(readFileSync(full));
  }
  const studio = JSON.parse(readFileSync(join(EXAMPLE_FOLDER, 'studio.json'), 'utf8'));
  files['studio.json'] = strToU8(JSON.stringify(changeStudio(studio), null, 2));
  for (const [path, text] of Object.entries(texts)) {
    files[path] = strToU8(text);
  }
  return Buffer.from(zipSync(files));
}
