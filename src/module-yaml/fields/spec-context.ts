/** One component's spec while it is judged: where problems go, and reading of fields with the loader's lenience. */
import type { NodeId, Typename } from '../../base/ids.ts';
import type { Severity, TextRange } from '../../model/problem.ts';
import { moduleProblem, textEdit, type ModuleProblem, type ModuleProblemCode, type ProblemPlace } from '../problem-codes.ts';
import { pairOf, scalarText, type PairNode, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { normalTypename } from '../typename-text.ts';
import { quoteText } from '../write/scalar-writer.ts';

export type FieldPath = readonly (string | number)[];
export type Moment = 'load' | 'start' | 'call';

export interface SpecContext {
  readonly text: string;
  readonly node: NodeId;
  /** The kind as written. */
  readonly kind: string;
  readonly spec: PairNode;
  /** What names the component: `spec.id`, `meta.id` or `spec.functions`. */
  readonly name: SourceNode | null;
  readonly problems: ModuleProblem[];
}

export interface Place extends Omit<ProblemPlace, 'node' | 'range'> {
  readonly at: TextRange;
}

export function report(context: SpecContext, code: ModuleProblemCode, severity: Severity, message: string, place: Place): void {
  const { at, ...rest } = place;
  context.problems.push(moduleProblem(code, severity, message, { ...rest, range: at, node: context.node }));
}

export function fail(context: SpecContext, code: ModuleProblemCode, message: string, place: Place & { readonly moment: Moment }): void {
  report(context, code, 'error', message, place);
}

export function warn(context: SpecContext, code: ModuleProblemCode, message: string, place: Place): void {
  report(context, code, 'warning', message, place);
}

/** The range of a key, where a problem of the whole pair is shown. */
export function keyRange(pair: PairNode): TextRange {
  return { from: pair.keyFrom, to: pair.keyTo };
}

/** A fix that replaces a value. */
export function replaceWith(label: string, node: SourceNode, insert: string): { label: string; edits: ReturnType<typeof textEdit>[] } {
  return { label, edits: [textEdit(node.outer, node.to, node.from === node.to ? ` ${insert}` : insert)] };
}

export function missing(context: SpecContext, parent: PairNode, path: FieldPath, advice: string, moment: Moment = 'load'): void {
  fail(context, 'missing-field', `${pathText(path)} is missing: ${advice}`, { at: keyRange(parent), field: path, moment });
}

export function pathText(path: FieldPath): string {
  return path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`), '');
}

export interface TextOptions {
  /** What to write, after the colon; absent when the field may be left out. */
  readonly required?: string;
  /** The loader wants a YAML string here; otherwise it takes any scalar and makes a text of it. */
  readonly strict?: boolean;
  /** An explicit null fails instead of becoming the text `null`. */
  readonly nullFails?: boolean;
  /** A list or a map is taken as an empty text instead of failing. */
  readonly loose?: boolean;
  /** Several values stand in one text, separated by commas: what a list of them should have been. */
  readonly joins?: boolean;
}

/** A text field, or null where it is missing or wrong (which is then reported). */
export function readText(
  context: SpecContext,
  parent: PairNode,
  key: string,
  path: FieldPath,
  options: TextOptions = {},
): ScalarNode | null {
  const pair = pairOf(parent.value, key);
  if (pair === null) {
    if (options.required !== undefined) {
      missing(context, parent, path, options.required);
    }
    return null;
  }
  const { value } = pair;
  if (value.type !== 'scalar') {
    const found = value.type === 'list' ? 'a list' : 'a map';
    if (options.loose === true) {
      warn(context, 'wrong-type', `${pathText(path)} is ${found}, which the loader reads as an empty text: write one value.`, {
        at: value,
        field: path,
      });
      return emptyText(value);
    }
    const joined = options.joins === true ? joinedList(value) : null;
    const advice = joined === null ? '' : `: write ${joined}`;
    // From the colon on: the items may stand in the column of the key. Comments among them would be lost.
    const isBare = !context.text.slice(pair.colonEnd, value.to).includes('#');
    const fix =
      joined === null || !isBare ? {} : { fix: { label: `Write ${joined}`, edits: [textEdit(pair.colonEnd, value.to, ` ${joined}`)] } };
    fail(context, 'wrong-type', `${pathText(path)} is ${found}, but must be a text${advice}.`, {
      at: value,
      field: path,
      moment: 'load',
      ...fix,
    });
    return null;
  }
  if (value.scalar === 'null') {
    const nullFails = options.nullFails === true || options.strict === true;
    const advice = options.required ?? 'write a value, or leave the field out.';
    const place = { at: value.from === value.to ? keyRange(pair) : value, field: path };
    if (nullFails) {
      fail(context, 'null-field', `${pathText(path)} is empty: ${advice}`, { ...place, moment: 'load' });
      return null;
    }
    warn(context, 'null-field', `${pathText(path)} is empty, which the loader reads as the text “null”: ${advice}`, place);
    return value;
  }
  if (options.strict === true && value.scalar !== 'text') {
    fail(context, 'wrong-type', `${pathText(path)} must be a text: write ${quoteText(value.text)}.`, {
      at: value,
      field: path,
      moment: 'load',
      fix: replaceWith('Put it in quotes', value, quoteText(value.text)),
    });
    return null;
  }
  warnOfTyping(context, value, path);
  return value;
}

/** The texts of a list as one quoted text; null where they are not all texts of one line. */
function joinedList(node: SourceNode): string | null {
  const items = node.type === 'list' && !node.anchored ? node.items : [];
  const texts = items.map(({ value }) => textOf(value).trim());
  return texts.length > 0 && texts.every((text) => /^[^\s,]+$/.test(text)) ? quoteText(texts.join(',')) : null;
}

/** The text that the loader makes of any value: a list or a map is empty. */
export function textOf(node: SourceNode): string {
  return node.type === 'scalar' ? scalarText(node) : '';
}

/** What the loader makes of a list or a map where it wants text. */
function emptyText({ from, to, outer, anchored }: SourceNode): ScalarNode {
  return {
    type: 'scalar',
    from,
    to,
    outer,
    anchored,
    style: 'empty',
    scalar: 'text',
    value: '',
    read: '',
    text: '',
    keepsBlankLines: false,
  };
}

/** Unquoted text that YAML takes for something else, and that then reads differently. */
export function warnOfTyping(context: SpecContext, value: ScalarNode, path: FieldPath): void {
  if (value.style === 'plain' && value.scalar !== 'text' && value.scalar !== 'invalid' && scalarText(value) !== value.text) {
    warn(context, 'yaml-typing', `${value.text} is read as ${scalarText(value)}: put it in quotes if you mean the text.`, {
      at: value,
      field: path,
      fix: replaceWith('Put it in quotes', value, quoteText(value.text)),
    });
  }
}

/** A typename field, normalized; null and a report when it is none. */
export function checkTypenameText(context: SpecContext, value: ScalarNode, path: FieldPath): Typename | null {
  const text = scalarText(value);
  const name = normalTypename(text);
  if (name === null) {
    fail(
      context,
      'bad-typename',
      `“${text}” is not of the form namespace/name: write, for example, my-app/${text.split('/').find(Boolean) ?? 'name'}.`,
      {
        at: value,
        field: path,
        moment: 'load',
        ...(/^[\w.-]+[:#][\w.-]+$/.test(text) ? { fix: replaceWith('Write a slash', value, text.replace(/[:#]/, '/')) } : {}),
      },
    );
  }
  return name;
}

/** The component's id: `spec.id`, or `meta.id` of the legacy form. */
export function readId(context: SpecContext): Typename | null {
  const { name } = context;
  if (name === null || name.type !== 'scalar' || name.scalar === 'null') {
    readText(context, context.spec, 'id', ['id'], { required: 'write a name of the form namespace/name.', nullFails: true });
    return null;
  }
  return checkTypenameText(context, name, ['id']);
}
