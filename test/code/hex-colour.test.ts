import { expect, it } from 'vitest';
import { hexColour } from '../../src/code/hex-colour.ts';

it('writes the short forms of a style sheet out, and leaves the long ones', () => {
  expect(['#fff', ' #1a2b3c', '#0f08', '#11223344'].map(hexColour)).toEqual(['ffffff', '1a2b3c', '00ff0088', '11223344']);
});
