/** Adds a component at the end of the file: a document, or an item of the legacy form's lists. */
import type { JsonValue } from '../../base/json.ts';
import { err, ok } from '../../base/result.ts';
import { LEGACY_SECTIONS, kindModule, locate, type LocatedModule } from '../locate.ts';
import { textEdit } from '../problem-codes.ts';
import { toJson, valueOf } from '../source/source-node.ts';
import { blockLines, isJsonList, isJsonObject, type BlockStyle } from '../write/block-writer.ts';
import { addItem } from './edit-list.ts';
import { addPair } from './edit-map.ts';
import { fileStyle } from './file-style.ts';
import { refuse, type PatchResult } from './patch-target.ts';
import { replaceByBlock, replaceValue } from './replace-value.ts';
import type { SmallEdit } from './small-edit.ts';
import { pairSpot, walk, type Spot } from './spot.ts';
import { comesTo, contentOf } from './verified.ts';

export function insertComponent(text: string, kind: string, spec: JsonValue): PatchResult {
  const located = locate(text);
  if (!located.source.parsed) {
    return err(located.source.problems);
  }
  const style = fileStyle(located.source);
  if (located.format === 'legacy') {
    return legacyItem(text, located, kind, spec, style);
  }
  const edits = [appendDocument(text, located, blockLines({ kind, spec }, 0, style), style)];
  const content = contentOf(located);
  const [parsed = true, format = '', count = 0, ...components] = listOf(content);
  const wanted = [parsed, format, Number(count) + 1, ...components, [kind, spec]];
  return comesTo(text, edits, wanted)
    ? ok(edits)
    : refuse('no-minimal-edit', 'The end of the file is laid out in a way that takes no further component: add it in the text.', {});
}

function appendDocument(
  text: string,
  { source }: LocatedModule,
  lines: readonly string[],
  { eol }: BlockStyle,
): ReturnType<typeof textEdit> {
  const isEmpty = source.documents.every(({ root }) => root.type === 'scalar' && root.scalar === 'null');
  const hasBreak = text === '' || text === '\ufeff' || /[\r\n]$/.test(text);
  const openDocument = /(?:^|[\r\n])---[ \t]*(?:[\r\n]+)?$/.test(text) || (isEmpty && !/(?:^|[\r\n])\.\.\.[ \t]*[\r\n]*$/.test(text));
  const body = (openDocument ? lines : ['---', ...lines]).join(eol);
  return textEdit(text.length, text.length, `${hasBreak ? '' : eol}${body}${hasBreak ? eol : ''}`);
}

function legacyItem(text: string, located: LocatedModule, kind: string, spec: JsonValue, style: BlockStyle): PatchResult {
  const role = kindModule(kind, 'legacy')?.role ?? (/egress/i.test(kind) ? 'egress' : 'ingress');
  const section = LEGACY_SECTIONS.find(({ wrapper }) => wrapper === role) ?? LEGACY_SECTIONS[1];
  const root = located.source.documents[0]?.root ?? null;
  const modulePair = root?.type === 'map' ? root.pairs.findLast((pair) => pair.key === 'module') : undefined;
  if (root?.type !== 'map' || modulePair === undefined || valueOf(modulePair.value, 'spec') === null) {
    return refuse('legacy-shape', 'The file has no module.spec to add to: mend its text first.', {});
  }
  const item = { [section.wrapper]: itemOf(section.kindKey, kind, spec) };
  const path = ['spec', section.section];
  const spots = walk(text, pairSpot(text, root, modulePair, root.layout !== 'block'), path);
  const small = addTo(text, spots, section.section, item, style);
  const wanted = wantedContent(located, kind, spec, section.section);
  if (small.ok && comesTo(text, small.value, wanted)) {
    return small;
  }
  const why = small.ok ? 'The text around is laid out in an unusual way' : small.error;
  const last = spots[2];
  const grown = last?.value.type === 'list' && !last.inFlow ? [...listOf(toJson(last.value)), item] : null;
  const larger = last === undefined || grown === null ? null : replaceByBlock(text, last, grown, style);
  return larger !== null && comesTo(text, larger, wanted)
    ? refuse('no-minimal-edit', `${why}, so there is no small edit here: the list can be written in block style.`, {
        fix: { label: 'Write it in block style', edits: larger },
      })
    : refuse('no-minimal-edit', `${why}, so there is no small edit here: add the component in the text.`, {});
}

function listOf(value: JsonValue): readonly JsonValue[] {
  return isJsonList(value) ? value : [];
}

function itemOf(kindKey: string, kind: string, spec: JsonValue): JsonValue {
  const id = kindKey === 'type' && isJsonObject(spec) ? spec['id'] : undefined;
  if (id === undefined || !isJsonObject(spec)) {
    return { meta: { [kindKey]: kind }, spec };
  }
  const { id: _moved, ...fields } = spec;
  return { meta: { [kindKey]: kind, id }, spec: fields };
}

function addTo(text: string, spots: readonly Spot[], section: string, item: JsonValue, style: BlockStyle): SmallEdit {
  const barrier = spots.find((spot) => spot.obstacle !== null)?.obstacle;
  const last = spots.at(-1);
  if (barrier !== undefined && barrier !== null) {
    return err(barrier);
  }
  if (spots.length === 2 && last?.value.type === 'map') {
    return addPair(text, last, last.value, section, [item], style);
  }
  if (last === undefined || spots.length !== 3) {
    return err('module.spec is no object');
  }
  return last.value.type === 'list'
    ? addItem(text, last, last.value, last.value.items.length, item, style)
    : ok(replaceValue(text, last, [item], style));
}

/** Components in file order: section by section, as they are located. */
function wantedContent(located: LocatedModule, kind: string, spec: JsonValue, section: string): JsonValue {
  const order = LEGACY_SECTIONS.findIndex((candidate) => candidate.section === section);
  const before = located.components.filter(
    ({ place }) => place.type === 'item' && LEGACY_SECTIONS.findIndex((candidate) => candidate.section === place.section) <= order,
  ).length;
  const content = contentOf(located);
  return listOf(content).toSpliced(3 + before, 0, [kind, spec]);
}
