/**
 * Parses a text from the tree of the text before it: what an edit does not touch is not parsed again. A pure function of both; the tree
 * is that of a full parse. Around text that does not parse the parser mends what it can, and there its way of mending depends on what
 * it starts from: a tree with a fault in it is neither made nor used this way.
 */
import { TreeFragment, type Tree } from '@lezer/common';
import { parser } from '@lezer/javascript';

const typescript = parser.configure({ dialect: 'ts' });

export interface ParsedText {
  readonly text: string;
  readonly tree: Tree;
}

export function parseText(text: string, before: ParsedText | null): Tree {
  if (before === null || before.text === text || hasFault(before.tree)) {
    return typescript.parse(text);
  }
  const change = changeBetween(before.text, text);
  const tree = typescript.parse(text, TreeFragment.applyChanges(TreeFragment.addTree(before.tree), [change]));
  return hasFault(tree) ? typescript.parse(text) : tree;
}

/** The shortest stretch in which the two texts differ. */
function changeBetween(a: string, b: string) {
  const shorter = Math.min(a.length, b.length);
  let from = 0;
  while (from < shorter && a.codePointAt(from) === b.codePointAt(from)) {
    from += 1;
  }
  let same = 0;
  while (same < shorter - from && a[a.length - 1 - same] === b[b.length - 1 - same]) {
    same += 1;
  }
  return { fromA: from, toA: a.length - same, fromB: from, toB: b.length - same };
}

function hasFault(tree: Tree): boolean {
  const cursor = tree.cursor();
  do {
    if (cursor.type.isError) {
      return true;
    }
  } while (cursor.next());
  return false;
}
