import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillTemplate, parseTemplate, PLACEHOLDERS } from '../../../src/runtime/feeds/template.ts';
import { isoTime } from '../../../src/runtime/feeds/iso-time.ts';

describe('a template', () => {
  it('understands every placeholder of its own help', () => {
    for (const { usage } of PLACEHOLDERS) {
      expect(parseTemplate(usage), usage).toMatchObject({ ok: true });
    }
  });

  it('copies text without placeholders as it stands', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('{{')),
        (text) => {
          expect(fill(text, 1)).toBe(text);
        },
      ),
    );
  });

  it('writes whole numbers within both ends, and reaches both', () => {
    const drawn = many('{{int -2 3}}', 500).map(Number);
    expect([...new Set(drawn)].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
    expect(fill('{{int 7 7 4}}/{{n 3}}', 12)).toBe('0007/012');
  });

  it('draws apart at each place of a record', () => {
    const pairs = many('{{int 1 1000000}} {{int 1 1000000}}', 50).map((text) => text.split(' '));
    expect(pairs.every(([left, right]) => left !== right)).toBe(true);
  });

  it('draws zipf keys k times less often for key k', () => {
    const drawn = many('{{zipf 100}}', 20_000).map(Number);
    const share = (key: number): number => drawn.filter((value) => value === key).length / drawn.length;
    // 1 / (1 + 1/2 + … + 1/100)
    expect(share(1)).toBeCloseTo(0.1928, 1);
    expect(share(4) / share(1)).toBeCloseTo(0.25, 1);
    expect(Math.min(...drawn)).toBe(1);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(100);
  });

  it('draws weighted texts by their weights, and never one of weight 0', () => {
    const drawn = many('{{weighted a:3|b:1|c:0}}', 8000);
    expect(drawn.filter((text) => text === 'a').length / drawn.length).toBeCloseTo(0.75, 1);
    expect(drawn).not.toContain('c');
  });

  it('picks each of its texts', () => {
    expect([...new Set(many('{{pick red | dark green|blue}}', 200))].sort()).toEqual(['blue', 'dark green', 'red']);
  });

  it('writes decimals, the key and the time of the record', () => {
    expect(fill('{{float 2 2 3}} {{key}} {{now}} {{iso}}', 1)).toBe('2.000 k 1767225600250 2026-01-01T00:00:00.250Z');
  });

  it('writes moments as Date does', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (date) => {
        expect(isoTime(date.getTime())).toBe(date.toISOString());
      }),
    );
  });

  it('says where a placeholder is not understood', () => {
    expect(parseTemplate('a {{nope}} {{int 1}} b')).toMatchObject({
      ok: false,
      error: [
        { from: 2, to: 10 },
        { from: 11, to: 20 },
      ],
    });
    expect(parseTemplate('a {{int 1 2')).toMatchObject({ ok: false, error: [{ from: 2, to: 11 }] });
  });
});

function fill(text: string, ordinal: number): string {
  const template = parseTemplate(text);
  if (!template.ok) {
    throw new Error(template.error.map((error) => error.message).join(' '));
  }
  return fillTemplate(template.value, { feedSeed: 17, ordinal, key: 'k', now: 1_767_225_600_250 }, 'value');
}

function many(text: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => fill(text, index + 1));
}
