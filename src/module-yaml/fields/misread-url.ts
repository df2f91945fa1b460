/**
 * The v2 endpoint takes a list or a map for the URL: its bracket alone becomes the URL, and reading goes on inside, as if the fields there
 * were the endpoint's own, up to the end of the map; what stands behind in the spec is never read. The first call fails then.
 */
import { valueOf, type MapNode, type SourceNode } from '../source/source-node.ts';
import { textOf } from './spec-context.ts';

export interface ReadUrl {
  /** The fields that count. */
  readonly spec: SourceNode;
  readonly template: string;
}

export function urlPathTemplateOf(spec: SourceNode): ReadUrl {
  const value = valueOf(spec, 'urlPathTemplate');
  if (spec.type !== 'map' || value === null || value.type === 'scalar') {
    return { spec, template: value === null ? '' : textOf(value) };
  }
  // The order is that of the first appearance of a name, the value that of the last.
  const at = spec.pairs.findIndex((pair) => pair.key === 'urlPathTemplate');
  const names = new Set(spec.pairs.slice(0, at).map((pair) => pair.key));
  const before = spec.pairs.filter((pair) => names.has(pair.key));
  const inside = value.type === 'map' ? value.pairs : [];
  const counting: MapNode = { ...spec, pairs: [...before, ...inside] };
  return { spec: counting, template: value.type === 'map' ? '{' : '[' };
}
