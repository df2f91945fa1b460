import { expect, test } from 'vitest';
import { checkPattern, checkStateName, checkTopic, checkTypename, typenameParts } from '../../src/model/typename-rules.ts';

test('a typename has a namespace and a name around exactly one slash', () => {
  expect(checkTypename('fraud/fraud-count')).toBeNull();
  expect(['', 'fraud', 'a/b/c', '/b', 'a/', ' a/b', 'a/*', 'a/b c'].map((text) => checkTypename(text))).toEqual([
    'A typename is needed, such as my-app/my-name.',
    'A typename has the form namespace/name: “fraud” has no slash.',
    'A typename has exactly one slash: “a/b/c” has 2.',
    'A typename needs a namespace before the slash.',
    'A typename needs a name after the slash.',
    'A typename must not begin or end with a blank: StateFun keeps blanks as part of the name.',
    'A typename names one item; a pattern with * belongs into an endpoint.',
    'A typename must not contain blanks, quotes, braces, \\, # or >: “a/b c” does.',
  ]);
});

test('a pattern is a typename or a whole namespace (S91)', () => {
  expect([checkPattern('a/*'), checkPattern('a/b')]).toEqual([null, null]);
  expect(['*/*', 'a/b*', '/*'].map((text) => checkPattern(text) === null)).toEqual([false, false, false]);
});

test('a state has small letters and underscores only, as the SDK checks', () => {
  expect(['count', 'last_seen'].map(checkStateName)).toEqual([null, null]);
  expect(['', 'Count', 'count2', 'last-seen'].map((text) => checkStateName(text) === null)).toEqual([false, false, false, false]);
});

test('a topic is what Kafka accepts', () => {
  expect([checkTopic('a.b_c-1'), checkTopic('x'.repeat(249))]).toEqual([null, null]);
  expect(['', '.', '..', 'a b', 'a/b', 'x'.repeat(250)].map((text) => checkTopic(text) === null)).toEqual([
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
});

test('a typename splits into its two parts', () => {
  expect(typenameParts('a/b')).toEqual({ namespace: 'a', name: 'b' });
  expect([typenameParts('ab'), typenameParts('a/b/c'), typenameParts('/b')]).toEqual([null, null, null]);
});
