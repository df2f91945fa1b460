/**
 * Makes code that says where it stays when it does not come back: each statement, each round of a loop, each entry of a function and each
 * await reports its number (worker/stall-probe.ts), also outside of functions. As with code that is observed, lines stay and nothing
 * is evaluated in another order. Only a call that was ended before is executed with it: normal runs carry none of this.
 */
import type { CodePlace, Stall } from '../../protocol/call.ts';
import type { CodeBundle, CompiledFile } from '../sandbox-api.ts';
import { findAwaits } from './find-awaits.ts';
import type { AwaitSite } from './find-awaits.ts';
import { insertAll } from './insertions.ts';
import type { Insertion } from './insertions.ts';
import { freeName, LONGEST_WATCHED, placer } from './instrument.ts';
import { parseCompiled } from './parse-compiled.ts';
import { listAt, nodeAt } from './syntax-nodes.ts';
import type { AnyNode } from './syntax-nodes.ts';

interface StallPoint {
  readonly place: CodePlace;
  readonly waits?: AwaitSite;
}

export interface StallCode {
  readonly bundle: CodeBundle;
  /** Null for a number that code made up. */
  stallAt(type: Exclude<Stall['type'], 'await'>, point: number): Stall | null;
  /** @param waits awaits that were not over when nothing was left to be done, the newest first */
  stallOf(waits: readonly number[]): Stall | null;
}

/** @param afterMillis real ms after which code that goes on is taken to stay where it is */
export function watchStalls(plain: CodeBundle, afterMillis: number): StallCode {
  const name = freeName(plain.files.map(({ code }) => code));
  const points: StallPoint[] = [];
  const files = plain.files.map((file) =>
    file.code.length > LONGEST_WATCHED ? file : { ...file, ...insertAll(file, insertionsFor(file, name, points)) },
  );
  return {
    bundle: { ...plain, files, stalls: { name, points: points.length, afterMillis } },
    stallAt(type, point) {
      const at = points[point];
      return at === undefined ? null : { type, place: at.place };
    },
    stallOf(waits) {
      const waiting = waits.flatMap((point) => points[point] ?? []);
      const last = waiting.find((point) => !waiting.some((other) => other !== point && waitsFor(point, other))) ?? waiting[0];
      return last === undefined ? null : { type: 'await', place: last.place };
    },
  };
}

function insertionsFor(file: CompiledFile, probe: string, points: StallPoint[]): readonly Insertion[] {
  const { program, found } = parseCompiled(file.code, true);
  const placeOf = placer(file);
  const insertions: Insertion[] = [];
  const closings: Insertion[] = [];
  const open = (at: number, text: string): number => insertions.push({ at, text, closes: false });
  const close = (at: number, text: string): number => closings.push({ at, text, closes: true });
  const add = (node: AnyNode, waits?: AwaitSite): number => {
    const place = placeOf(node.start);
    return points.push(waits === undefined ? { place } : { place, waits }) - 1;
  };
  for (const { node, body } of found.functions) {
    const point = add(node);
    if (body.type === 'BlockStatement') {
      const directive = listAt(body, 'body').findLast((statement) => typeof statement['directive'] === 'string');
      open(directive?.end ?? body.start + 1, `;${probe}.f(${point});`);
    } else {
      open(body.start, `(${probe}.f(${point}),`);
      close(body.end, ')');
    }
  }
  for (const statement of found.points) {
    if (statement.type === 'branch') {
      continue;
    }
    const { node, place } = statement;
    const loop = loopOf(node);
    const point = add(loop ?? node);
    open(
      node.start,
      `${place === 'expression' ? '(' : place === 'braces' ? '{' : ''}${probe}.s(${point})${place === 'expression' ? ',' : ';'}`,
    );
    if (place !== 'list') {
      close(node.end, place === 'expression' ? ')' : '}');
    }
    const body = loop === null ? null : nodeAt(loop, 'body');
    if (body?.type === 'BlockStatement') {
      open(body.start + 1, `${probe}.i(${point});`);
    } else if (body !== null) {
      open(body.start, `{${probe}.i(${point});`);
      close(body.end, '}');
    }
  }
  for (const site of findAwaits(program)) {
    open(site.operand.start, `${probe}.w(${add(site.node, site)},(`);
    close(site.operand.end, '))');
  }
  // Of two that end at one place the inner one was found later, and is closed first.
  return [...insertions, ...closings.toReversed()];
}

const LOOPS = new Set(['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement']);

/** The loop that a statement is, behind its labels. */
function loopOf(node: AnyNode): AnyNode | null {
  if (node.type === 'LabeledStatement') {
    const body = nodeAt(node, 'body');
    return body === null ? null : loopOf(body);
  }
  return LOOPS.has(node.type) ? node : null;
}

/** Whether one await waits because the other does: that one stands in its operand, or in a function that it calls by name. */
function waitsFor({ place, waits }: StallPoint, other: StallPoint): boolean {
  if (waits === undefined || other.waits === undefined) {
    return false;
  }
  const { node, within } = other.waits;
  const inside = place.path === other.place.path && node.start >= waits.operand.start && node.end <= waits.operand.end;
  return inside || (within !== null && waits.names.has(within));
}
