import { expect, test } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { moveFile } from '../../src/commands/move-file.ts';
import { StudioDriver } from '../support/studio-driver.ts';

const files = {
  'functions/types.ts': "import { StateFun } from 'apache-flink-statefun';\nexport const A = StateFun.intType();\n",
  'functions/a.ts':
    "import { A } from './types.ts';\nimport x from '../lib/x';\nexport { A } from \"./types\";\nconst late = () => import('./types.js');\n",
  'functions/deep/b.js': "const { A } = require('../types');\n// '../types'\n",
  'lib/x.ts': "export default 'functions/types.ts';\n",
  'data/records.jsonl': '{}\n',
  'studio.json':
    '{"version":1,"feeds":[{"id":"f","type":"file","topic":"t","path":"data/records.jsonl","format":"jsonl","arrival":{"type":"backlog"},"enabled":true,"startAfterMillis":0,"keyField":null,"valueField":null}]}',
};

function moved(from: string, to: string) {
  const studio = new StudioDriver(files);
  const refused = studio.run((context) => moveFile(context, { from: filePath(from), to: filePath(to) }));
  return { studio, refused };
}

test('imports of a file follow it, each as it was written', () => {
  const { studio, refused } = moved('functions/types.ts', 'lib/messages.ts');
  expect(refused).toEqual([]);
  expect(studio.text('functions/types.ts')).toBeNull();
  expect(studio.text('lib/messages.ts')).toBe(files['functions/types.ts']);
  expect(studio.text('functions/a.ts')).toBe(
    "import { A } from '../lib/messages.ts';\nimport x from '../lib/x';\nexport { A } from \"../lib/messages\";\nconst late = () => import('../lib/messages.js');\n",
  );
  expect(studio.text('functions/deep/b.js')).toBe("const { A } = require('../../lib/messages');\n// '../types'\n");
});

test('what a file imports is written anew when it goes to another folder', () => {
  const { studio } = moved('functions/a.ts', 'functions/deep/a.ts');
  expect(studio.text('functions/deep/a.ts')).toBe(
    "import { A } from '../types.ts';\nimport x from '../../lib/x';\nexport { A } from \"../types\";\nconst late = () => import('../types.js');\n",
  );
});

test('it is one step of undo', () => {
  const { studio } = moved('functions/types.ts', 'lib/messages.ts');
  studio.undo();
  expect(studio.files).toEqual(files);
  expect(studio.undo()).toBe(false);
});

test('a feed goes on reading its file', () => {
  const { studio } = moved('data/records.jsonl', 'data/all.jsonl');
  expect(studio.context.studio.feeds.map((feed) => (feed.type === 'file' ? feed.path : null))).toEqual(['data/all.jsonl']);
});

test('a path that is taken is refused', () => {
  expect(moved('functions/a.ts', 'lib/x.ts').refused).toEqual(['lib/x.ts exists: choose another path.']);
});
