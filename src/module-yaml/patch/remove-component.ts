/** Takes a component out of the file, with the comment that leads it and its separator. */
import type { NodeId } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import { err, ok } from '../../base/result.ts';
import type { Edit } from '../../model/edit.ts';
import { componentRange } from '../component-range.ts';
import { textEdit } from '../problem-codes.ts';
import { breakBefore, lineEnd, lineStart, nextLine } from '../source/lines.ts';
import { isJsonList } from '../write/block-writer.ts';
import { findTarget, refuse, type PatchResult, type PatchTarget } from './patch-target.ts';
import type { SmallEdit } from './small-edit.ts';
import { removeFrom } from './spec-steps.ts';
import { pairSpot, walk } from './spot.ts';
import { comesTo, contentOf } from './verified.ts';

export function removeComponent(text: string, node: NodeId): PatchResult {
  const target = findTarget(text, node);
  if (!target.ok) {
    return target;
  }
  const { component, located } = target.value;
  const small =
    component.place.type === 'document' ? ok([removeDocument(target.value, component.place.document)]) : removeLegacy(target.value);
  const content = contentOf(located);
  const list = isJsonList(content) ? content : [];
  const [parsed = true, format = '', count = 0] = list;
  const others = list.slice(3).toSpliced(component.ordinal, 1);
  const wanted: JsonValue = [parsed, format, format === 'legacy' ? count : Number(count) - 1, ...others];
  if (small.ok && comesTo(text, small.value, wanted)) {
    return small;
  }
  const why = small.ok ? 'The text around is laid out in an unusual way' : small.error;
  return refuse('no-minimal-edit', `${why}, so there is no small edit here: remove the component in the text.`, {
    node,
    range: componentRange(text, component),
  });
}

/** The component's own `---` goes along; the first component, when it has none, takes the next one's. */
function removeDocument({ text, located, component }: PatchTarget, index: number): Edit {
  const own = located.source.documents[index]?.separator ?? null;
  const range = componentRange(text, component);
  const end = afterBlanks(text, nextLine(text, range.to));
  const hasDirective = own !== null && /(?:^|[\r\n])%[^\r\n]*[\r\n]+$/.test(text.slice(0, own));
  if (own !== null && !hasDirective && own <= range.from) {
    return upTo(text, own, end.at, end.isSeparator);
  }
  return end.isSeparator && own === null
    ? textEdit(range.from, nextLine(text, end.at), '')
    : upTo(text, range.from, end.at, end.isSeparator);
}

/** A removed end of the file takes the line break before it along when the file ended without one. */
function upTo(text: string, from: number, to: number, isSeparator: boolean): Edit {
  const noBreak =
    to === text.length && !isSeparator && from < to && lineEnd(text, lineStart(text, to)) === to && breakBefore(text, to) === 0;
  return textEdit(noBreak ? from - breakBefore(text, from) : from, to, '');
}

/** Past blank lines and `...`, up to the next separator, comment or the end of the file. */
function afterBlanks(text: string, start: number): { readonly at: number; readonly isSeparator: boolean } {
  let at = start;
  while (at < text.length) {
    const line = text.slice(at, lineEnd(text, at));
    if (/^---(?:\s|$)/.test(line)) {
      return { at, isSeparator: true };
    }
    if (line.trim() !== '' && !/^\.\.\.\s*$/.test(line)) {
      // Comments of their own stay, with the blank lines before them.
      return { at: start, isSeparator: false };
    }
    at = nextLine(text, at);
  }
  return { at, isSeparator: false };
}

function removeLegacy({ text, located, component }: PatchTarget): SmallEdit {
  const root = located.source.documents[0]?.root;
  const pair = root?.type === 'map' ? root.pairs.findLast((candidate) => candidate.key === 'module') : undefined;
  const { place } = component;
  if (root?.type !== 'map' || pair === undefined || place.type !== 'item') {
    return err('It is not there');
  }
  const spots = walk(text, pairSpot(text, root, pair, root.layout !== 'block'), ['spec', place.section]);
  const parent = spots.at(-1);
  const barrier = spots.find((spot) => spot.obstacle !== null)?.obstacle ?? null;
  return parent === undefined || barrier !== null ? err(barrier ?? 'It is not there') : removeFrom(text, parent, place.index);
}
