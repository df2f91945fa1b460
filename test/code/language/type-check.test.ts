import { expect, test, vi } from 'vitest';
import { filePath } from '../../../src/base/ids.ts';
import { projectOf } from '../../../src/model/project.ts';
import { useDocument } from '../../../src/state/document-controller.ts';
import { useTypeCheck } from '../../../src/state/type-check-store.ts';
import { useView } from '../../../src/state/document-store.ts';

const SHOWN = filePath('functions/shown.ts');
const LATER = filePath('functions/later.ts');
const FILES = { [SHOWN]: 'export const first = missing;', [LATER]: 'export const second = first;' };

const marked = new Map<string, number>();
/** Answers for a file when the test says so. */
const answers = new Map<string, (messages: readonly string[]) => void>();

vi.mock('../../../src/code/monaco.ts', () => ({
  monaco: {
    MarkerSeverity: {},
    MarkerTag: {},
    editor: {
      setModelMarkers: (model: { readonly uri: string }, _owner: string, markers: readonly unknown[]) =>
        marked.set(model.uri, markers.length),
    },
  },
}));
vi.mock('../../../src/code/model-sync.ts', () => ({
  onModelsChanged: () => undefined,
  uriOf: (path: string) => path,
  modelOf: (path: keyof typeof FILES) => ({
    uri: path,
    isDisposed: () => false,
    getVersionId: () => 1,
    getValue: () => FILES[path],
    getPositionAt: (offset: number) => ({ lineNumber: 1, column: offset + 1 }),
  }),
}));
vi.mock('../../../src/code/language/ts-client.ts', () => ({
  typeScriptClient: async () => ({
    getAllDiagnostics: (uri: string) =>
      new Promise((resolve) => {
        answers.set(uri, (messages) =>
          resolve(messages.map((messageText) => ({ code: 2304, category: 1, start: 21, length: 5, messageText }))),
        );
      }),
  }),
}));

const { startTypeCheck } = await import('../../../src/code/language/type-check.ts');

function told(): readonly (readonly [path: string | undefined, message: string])[] {
  return useTypeCheck.getState().problems.map(({ path, message }) => [path, message]);
}

async function answer(path: string, ...messages: readonly string[]): Promise<void> {
  await vi.waitFor(() => expect(answers.has(path)).toBe(true));
  answers.get(path)?.(messages);
}

test('what a file has is told with its marks, while the next file is still being checked', async () => {
  useDocument.setState({ project: projectOf(FILES) });
  useView.setState({ file: SHOWN });
  startTypeCheck();
  await answer(SHOWN, "Cannot find name 'missing'.");
  await vi.waitFor(() => expect(marked.get(SHOWN)).toBe(1));
  expect(told()).toEqual([[SHOWN, "Cannot find name 'missing'."]]);
  expect(useTypeCheck.getState().state).toEqual({ type: 'checking' });

  await answer(LATER, "Cannot find name 'first'.");
  await vi.waitFor(() => expect(useTypeCheck.getState().state).toEqual({ type: 'checked', files: 2 }));
  expect(told()).toEqual([
    [SHOWN, "Cannot find name 'missing'."],
    [LATER, "Cannot find name 'first'."],
  ]);
});
