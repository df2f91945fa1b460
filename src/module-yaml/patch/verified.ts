/**
 * The guard of all patches: edits are handed out only when the file, read again, holds exactly the components that were
 * meant. So a layout that nobody thought of becomes a refusal with a larger edit, never a damaged file.
 */
import type { JsonValue } from '../../base/json.ts';
import { ok } from '../../base/result.ts';
import type { Edit } from '../../model/edit.ts';
import { specOf } from '../component-spec.ts';
import { locate, type LocatedModule } from '../locate.ts';
import { sameJson, setJson } from './json-edit.ts';
import { editedText, refuse, type PatchResult, type PatchTarget, type SpecPath } from './patch-target.ts';
import { blockInsteadOfFlow, rewriteSpec } from './rewrite.ts';
import type { SmallEdit } from './small-edit.ts';

/** What a component says, apart from where and how it is written. */
export function contentOf({ components, format, source }: LocatedModule): JsonValue {
  const others = source.documents.filter(({ root }) => root.type !== 'scalar' || root.scalar !== 'null').length;
  return [source.parsed, format, format === 'legacy' ? 1 : others, ...components.map((component) => [component.kind, specOf(component)])];
}

export function comesTo(text: string, edits: readonly Edit[], content: JsonValue): boolean {
  return sameJson(contentOf(locate(editedText(text, edits))), content);
}

/** The small edits when they give the component this spec and change nothing else; otherwise a larger edit as an offer. */
export function verifiedSpec(target: PatchTarget, small: SmallEdit, spec: JsonValue, path: SpecPath): PatchResult {
  const { text, located, component } = target;
  const content = setJson(contentOf(located), [component.ordinal + 3, 1], spec);
  if (small.ok && comesTo(text, small.value, content)) {
    return ok(small.value);
  }
  const why = small.ok ? 'The text around is laid out in an unusual way' : small.error;
  const place = { node: component.node, field: path, range: { from: component.spec.keyFrom, to: component.spec.keyTo } };
  const offers = [
    { label: 'Write it in block style', advice: 'it can be written in block style', edits: blockInsteadOfFlow(target, path, spec) },
    { label: 'Rewrite this component', advice: 'the component can be rewritten, without its comments', edits: rewriteSpec(target, spec) },
  ];
  for (const { label, advice, edits } of offers) {
    if (edits !== null && comesTo(text, edits, content)) {
      return refuse('no-minimal-edit', `${why}, so there is no small edit here: ${advice}.`, { ...place, fix: { label, edits } });
    }
  }
  return refuse('no-minimal-edit', `${why}, so there is no small edit here: change it in the text.`, place);
}
