/** What a machine lacks is said in one line; a language is left out only when it is asked for. */
import { expect, it } from 'vitest';
import { findGo } from './go-server.ts';
import { missingTools, wantedLanguages } from './language-server.ts';
import { findPython } from './python-server.ts';

it('says what to install when Python is missing', () => {
  expect(() => findPython({ PATH: '/nowhere' })).toThrow(
    /^The tests of the Python SDK need Python 3\.8 or newer as `python3` \(Debian and Ubuntu: .+\)\.$/,
  );
});

it('says what to install when Go is missing', () => {
  expect(() => findGo({ PATH: '/nowhere' })).toThrow(/^The tests of the Go SDK need Go 1\.18 or newer: install it .+\.$/);
});

it('tests all languages, or those that ENGINE_LANGUAGES names', () => {
  expect(wantedLanguages({})).toEqual(['python', 'java', 'go']);
  expect(wantedLanguages({ ENGINE_LANGUAGES: 'go, java' })).toEqual(['java', 'go']);
  expect(wantedLanguages({ ENGINE_LANGUAGES: '' })).toEqual([]);
  expect(() => wantedLanguages({ ENGINE_LANGUAGES: 'ruby' })).toThrow('ENGINE_LANGUAGES names ruby; there are python, java, go.');
});

it('says before the tests what the wanted languages lack', () => {
  expect(missingTools({ PATH: '/nowhere' })).toEqual([
    expect.stringMatching(/^The tests of the Python SDK need .* Its tests will fail; ENGINE_LANGUAGES/),
    expect.stringMatching(/^The tests of the Go SDK need .* Its tests will fail; ENGINE_LANGUAGES/),
  ]);
  expect(missingTools({ PATH: '/nowhere', ENGINE_LANGUAGES: 'java' })).toEqual([]);
});
