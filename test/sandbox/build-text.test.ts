import { expect, test } from 'vitest';
import { buildSandboxText } from '../../src/sandbox/build/build-sandbox-text.ts';

test('the worker text is one script that carries the SDK as it is', async () => {
  const text = await buildSandboxText();
  expect(text).toContain('IncompleteInvocationContext');
  expect(text).not.toMatch(/^\s*(import|export)\s/m);
  expect(text).not.toContain('sourceMappingURL');
});
