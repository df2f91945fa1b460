/** Scalars as YAML text that the loader reads back as the same value. */
import type { JsonPrimitive } from '../../base/json.ts';
import { integerText, typeScalar } from '../source/scalar-typing.ts';
import type { ScalarStyle } from '../source/source-node.ts';

export type ScalarPlace = 'block' | 'flow';

/** Text in double quotes. The loader does not know `\/`, so a slash is never escaped. */
export function quoteText(text: string): string {
  const body = text.replace(
    /["\\\u0000-\u001f\u007f-\u009f\u00a0\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (mark) => {
      const short = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }[mark];
      return short ?? `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`;
    },
  );
  return `"${body}"`;
}

/** Whether a text may stand without quotes and is plainly a string to every reader of YAML 1.1. */
export function isPlainText(text: string, place: ScalarPlace): boolean {
  if (text === '' || text.trim() !== text || typeScalar(text, true, null).type !== 'text') {
    return false;
  }
  if (/^[-?:,[\]{}#&*!|>'"%@`=<~.+]|^\d[\d_:.,+\-eExXoOabBtTzZ ]*$|^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text)) {
    return false;
  }
  if (/: |:$| #|[\u0000-\u001f\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/.test(text)) {
    return false;
  }
  return place === 'block' || !/[,[\]{}?:"]/.test(text) || /^[a-z]+:\/\/[^,[\]{}?"\s]+$/.test(text);
}

/** A scalar in the style of the one it replaces, where that style can hold it. */
export function writeScalar(value: JsonPrimitive, place: ScalarPlace, like: ScalarStyle = 'plain'): string {
  if (typeof value === 'string') {
    if (like === 'double') {
      return quoteText(value);
    }
    if (like === 'single') {
      return singleQuoted(value) ?? quoteText(value);
    }
    return isPlainText(value, place) ? value : quoteText(value);
  }
  return typeof value === 'number' ? writeNumber(value) : String(value);
}

function writeNumber(value: number): string {
  if (Number.isInteger(value)) {
    return integerText(value);
  }
  return Number.isFinite(value) ? String(value) : quoteText(String(value));
}

/** Quotes only hold what stands on one line and needs no escape. */
function singleQuoted(text: string): string | null {
  return /[\u0000-\u001f\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/.test(text) ? null : `'${text.replaceAll("'", "''")}'`;
}

/** A key: like a text, quoted where the others are. */
export function writeKey(key: string, place: ScalarPlace, like: ScalarStyle = 'plain'): string {
  return writeScalar(key, place, like === 'double' || like === 'single' ? like : 'plain');
}
