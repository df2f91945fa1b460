/** Replaces a component's whole spec by YAML that someone wrote, indented to fit. */
import type { NodeId } from '../../base/ids.ts';
import { err, ok } from '../../base/result.ts';
import type { Edit } from '../../model/edit.ts';
import { specOf } from '../component-spec.ts';
import { moduleProblem, textEdit } from '../problem-codes.ts';
import { columnOf, isFirstOnLine, lineEnd, lineStart, nextLine } from '../source/lines.ts';
import { readSource, type SourceFile } from '../source/read-source.ts';
import { toJson, type SourceNode } from '../source/source-node.ts';
import { flowText, type BlockStyle } from '../write/block-writer.ts';
import { fileStyle } from './file-style.ts';
import { jsonAt, sameJson, setJson } from './json-edit.ts';
import { findTarget, refuse, type PatchResult, type PatchTarget } from './patch-target.ts';
import { verifiedSpec } from './verified.ts';

export function replaceSpecText(text: string, node: NodeId, yaml: string): PatchResult {
  const target = findTarget(text, node);
  if (!target.ok) {
    return target;
  }
  // A block scalar on the last line has a line break at its end where the file goes on.
  const isLast = lineEnd(text, target.value.component.spec.value.to) === text.length;
  const source = readSource(isLast ? yaml : `${yaml}\n`);
  const root = source.documents[0]?.root;
  if (!source.parsed || source.problems.some((problem) => problem.severity === 'error')) {
    return err(source.problems.map((problem) => moduleProblem(problem.code, 'error', problem.message, { node, moment: 'load' })));
  }
  if (source.documents.length > 1 || source.documents.some(({ separator }) => separator !== null)) {
    return refuse('yaml-syntax', 'Write the spec alone, without a line of ---.', { node });
  }
  if (root?.type !== 'map') {
    return refuse('empty-spec', 'A spec is an object: write fields as “name: value”.', { node });
  }
  const { located } = target.value;
  return verifiedSpec(target.value, ok(spliced(target.value, source, root, fileStyle(located.source))), withId(target.value, root), []);
}

/** In the legacy form the id stands in `meta` and goes on to count. */
function withId({ component }: PatchTarget, root: SourceNode): ReturnType<typeof toJson> {
  const id = component.place.type === 'item' && component.role !== 'endpoint' ? jsonAt(specOf(component), ['id']) : undefined;
  return id === undefined ? toJson(root) : setJson(toJson(root), ['id'], id);
}

function spliced({ text, component }: PatchTarget, source: SourceFile, root: SourceNode, style: BlockStyle): readonly Edit[] {
  const { value, colonEnd, keyFrom } = component.spec;
  if (
    sameJson(toJson(value), toJson(root)) &&
    value.type === 'map' &&
    value.layout !== 'block' &&
    text.slice(value.from, value.to) === source.text.trimEnd()
  ) {
    return [];
  }
  const lines = source.text.replace(/\s+$/, '').split(/\r\n|\r|\n/);
  const isBlock = root.type === 'map' && root.layout === 'block';
  if (component.place.map.layout !== 'block') {
    return [textEdit(value.outer, value.to, flowText(toJson(root), component.spec.keyStyle === 'double', 'flow'))];
  }
  if (!isBlock && lines.length === 1) {
    return [shrunk(text, colonEnd, value.to, ` ${lines[0] ?? ''}`)];
  }
  const below = value.type === 'map' && value.layout === 'block' && isFirstOnLine(text, value.from);
  const indent = ' '.repeat(below ? columnOf(text, value.from) : columnOf(text, keyFrom) + style.step);
  const body = lines.map((line) => (line.trim() === '' ? line : `${indent}${line}`)).join(style.eol);
  if (below) {
    const from = Math.min(nextLine(text, colonEnd), lineStart(text, value.from));
    return [shrunk(text, from, lineEnd(text, value.to), body)];
  }
  const tail = text.slice(value.to, lineEnd(text, value.to));
  return [textEdit(colonEnd, value.to + tail.length, `${tail}${style.eol}${body}`)];
}

/** The edit without what stays the same at its two ends. */
function shrunk(text: string, from: number, to: number, insert: string): Edit {
  const old = text.slice(from, to);
  const most = Math.min(old.length, insert.length);
  let start = 0;
  while (start < most && old[start] === insert[start]) {
    start += 1;
  }
  let end = 0;
  while (end < most - start && old[old.length - 1 - end] === insert[insert.length - 1 - end]) {
    end += 1;
  }
  return textEdit(from + start, to - end, insert.slice(start, insert.length - end));
}
