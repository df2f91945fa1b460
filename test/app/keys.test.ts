import { describe, expect, test } from 'vitest';
import { keyText } from '../../src/app/actions/keys.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) =>
  keyText({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe('keys', () => {
  test('are written as the table of actions writes them', () => {
    expect(press('z', { ctrlKey: true })).toBe('Ctrl+Z');
    expect(press('Z', { ctrlKey: true, shiftKey: true })).toBe('Ctrl+Shift+Z');
    expect(press('k', { metaKey: true })).toBe('Ctrl+K');
    expect(press(' ')).toBe('Space');
    expect(press('Delete')).toBe('Del');
    expect(press('R', { shiftKey: true })).toBe('Shift+R');
    expect(press('F6', { shiftKey: true })).toBe('Shift+F6');
    expect(press('\\')).toBe('\\');
    expect(press('.')).toBe('.');
    expect(press('a')).toBe('A');
  });

  test('a symbol that needs Shift on some keyboards is the symbol alone', () => {
    expect(press('?', { shiftKey: true })).toBe('?');
  });
});
