/**
 * How wide a text is in the interface's font, without asking a page: sizes of nodes must be the same wherever they are
 * worked out. Widths are Inter's advances in thousandths of the font size, by groups of letters; a few per cent off at most.
 */
const GROUPS: readonly (readonly [letters: string, width: number])[] = [
  ["ijl.,:;'|!I ", 275],
  ['ftr()[]-/\\·', 385],
  ['ckszvyxJ_', 555],
  ['mMW@%', 880],
  ['wGOQ', 770],
  ['ABCDEFHKLNPRSTUVXYZ', 670],
];
const OTHER = 610;

const widths = new Map<string, number>(GROUPS.flatMap(([letters, width]) => [...letters].map((letter) => [letter, width] as const)));

/** Pixels; `weight` is a factor for heavier text. */
export function textWidth(text: string, fontSize: number, weight = 1): number {
  let sum = 0;
  for (const letter of text) {
    sum += widths.get(letter) ?? OTHER;
  }
  return (sum * fontSize * weight) / 1000;
}
