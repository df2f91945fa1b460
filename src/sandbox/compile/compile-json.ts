/** A JSON file as a module whose exports are its value. */
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import type { StrippedFile, SyntaxFault } from './strip-types.ts';

export function compileJson(text: string): Result<StrippedFile, SyntaxFault> {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    JSON.parse(json);
  } catch (error) {
    return err(faultOf(json, error));
  }
  // Parsed, not written as a literal: `__proto__` would be another thing there.
  const code = `"use strict";module.exports=JSON.parse(${literal(json)});`;
  return ok({ code, mappings: '', requires: [], metas: [], dynamic: false, async: false, empty: true });
}

function literal(text: string): string {
  return JSON.stringify(text)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`);
}

function faultOf(json: string, error: unknown): SyntaxFault {
  const words = error instanceof Error ? error.message : String(error);
  const at = /at position (\d+)/.exec(words)?.[1];
  const before = json.slice(0, at === undefined ? json.length : Number(at));
  const line = before.split('\n').length;
  const message = `This is no JSON: ${words.replace(/ in JSON.*$| \(line.*$/s, '')}.`;
  return { message, line, column: before.length - before.lastIndexOf('\n') };
}
