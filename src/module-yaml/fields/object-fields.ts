/** Objects and choices: `{type: …}` blocks whose type is one of a few words. */
import { pairOf, scalarText, type PairNode, type ScalarNode } from '../source/source-node.ts';
import { fail, keyRange, missing, pathText, readText, replaceWith, warn, type FieldPath, type SpecContext } from './spec-context.ts';
import { removalOf } from './line-fixes.ts';
import { meantObject } from './meant.ts';
import { asciiDigits } from './lenient-number.ts';
import { nearest } from '../../base/nearest.ts';

/** An optional object; null where it is missing, or wrong (which is then reported: null is not "left out"). */
export function readObject(context: SpecContext, parent: PairNode, key: string, path: FieldPath, example: string): PairNode | null {
  const pair = pairOf(parent.value, key);
  if (pair === null || pair.value.type === 'map') {
    return pair;
  }
  const isNull = pair.value.type === 'scalar' && pair.value.scalar === 'null';
  const meant = pair.value.type === 'scalar' ? meantObject(pair.key, pair.value.text) : null;
  fail(
    context,
    isNull ? 'null-field' : 'wrong-type',
    isNull
      ? `${pathText(path)} is empty, which the loader does not take: write ${example}, or remove the line.`
      : `${pathText(path)} must be an object: write ${meant ?? example}.`,
    {
      at: isNull ? keyRange(pair) : pair.value,
      field: path,
      moment: 'load',
      ...(isNull
        ? removalOf(context.text, parent.value, pair)
        : meant === null
          ? {}
          : { fix: replaceWith(`Write ${meant}`, pair.value, meant) }),
    },
  );
  return null;
}

/** A word from a fixed set. `foldCase`: the loader takes any letter case. Null where missing or wrong (reported). */
export function readChoice<Choice extends string>(
  context: SpecContext,
  parent: PairNode,
  key: string,
  path: FieldPath,
  choices: readonly Choice[],
  options: { readonly foldCase?: boolean; readonly required?: boolean } = {},
): Choice | null {
  const listed = choices.join(', ');
  const value = readText(context, parent, key, path, {
    nullFails: true,
    ...(options.required === true ? { required: `write one of ${listed}.` } : {}),
  });
  if (value === null) {
    return null;
  }
  const text = scalarText(value);
  const found = choices.find((choice) => choice === text || (options.foldCase === true && choice === text.toLowerCase()));
  if (found === undefined) {
    const meant = nearest(text.replaceAll('_', '-'), choices);
    fail(context, 'bad-choice', `${pathText(path)} cannot be “${text}”: write one of ${listed}.`, {
      at: value,
      field: path,
      moment: 'load',
      ...(meant === null ? {} : { fix: replaceWith(`Write ${meant}`, value, meant) }),
    });
  }
  return found ?? null;
}

export function warnIgnored(context: SpecContext, parent: PairNode, keys: readonly string[], path: FieldPath, why: string): void {
  for (const key of keys) {
    const pair = pairOf(parent.value, key);
    if (pair !== null) {
      warn(context, 'ignored-field', `${pathText([...path, key])} is ignored: ${why}`, {
        at: keyRange(pair),
        field: [...path, key],
        ...removalOf(context.text, parent.value, pair),
      });
    }
  }
}

export interface IntegerOptions {
  readonly moment: 'load' | 'call';
  readonly fallback: number;
  /** The loader wants a YAML integer; otherwise quoted numbers and fractions are taken too. */
  readonly strict?: boolean;
  /** What null counts as; an error without. */
  readonly ofNull?: number;
}

/** An int of Java: lenient or strict. Gives the fallback where the field is missing or wrong (reported). */
export function readInteger(context: SpecContext, parent: PairNode, key: string, path: FieldPath, options: IntegerOptions): number {
  const pair = pairOf(parent.value, key);
  if (pair === null) {
    return options.fallback;
  }
  const { value } = pair;
  const read = value.type === 'scalar' ? integerOf(value, options) : null;
  if (read !== null && read <= 2_147_483_647 && read >= -2_147_483_648) {
    if (value.type === 'scalar' && value.style === 'plain' && value.scalar === 'int' && !/^[-+]?(?:0|[1-9][0-9]*)$/.test(value.text)) {
      warn(context, 'yaml-typing', `${value.text} is read as ${read}.`, { at: value, field: path });
    } else if (value.type === 'scalar' && value.scalar === 'null') {
      warn(context, 'null-field', `${pathText(path)} is empty, which counts as ${read}: write a number, or remove the line.`, {
        at: keyRange(pair),
        field: path,
      });
    }
    return read;
  }
  fail(context, 'bad-number', `${pathText(path)} must be a whole number up to 2147483647.`, {
    at: value.from === value.to ? keyRange(pair) : value,
    field: path,
    moment: options.moment,
  });
  return options.fallback;
}

function integerOf(value: ScalarNode, { strict, ofNull }: IntegerOptions): number | null {
  if (strict === true) {
    return value.scalar === 'int' && fitsInt(value.text) ? Number(value.value) : null;
  }
  if (value.scalar === 'int') {
    return Number(value.value);
  }
  if (value.scalar === 'float') {
    return Math.trunc(Number(value.value));
  }
  if (value.scalar === 'null' || (value.scalar === 'text' && /^(?:|null)$/.test(value.text))) {
    return ofNull ?? null;
  }
  const digits = asciiDigits(value.text.trim());
  return value.scalar === 'text' && /^[-+]?[0-9]+$/.test(digits) ? Number(digits) : null;
}

/** Other bases are a long as soon as their digits could be one. */
function fitsInt(text: string): boolean {
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '');
  return !/^0x[0-9a-fA-F]{8,}$/.test(digits) && !/^0b[01]{32,}$/.test(digits) && !/^0[0-7]{11,}$/.test(digits);
}

export function requirePair(context: SpecContext, parent: PairNode, key: string, path: FieldPath, advice: string): PairNode | null {
  const pair = pairOf(parent.value, key);
  if (pair === null) {
    missing(context, parent, path, advice);
  }
  return pair;
}
