/**
 * studio.json to its model and back. Reading never fails: a part that is missing or broken takes its default, with a
 * problem at its place. Writing changes the touched value only, so unknown keys and the user's own layout stay.
 */
import { safeParse } from 'valibot';
import type { BaseIssue, BaseSchema, IssuePathItem } from 'valibot';
import type { JsonValue } from '../base/json.ts';
import type { Edit } from './edit.ts';
import { editJson, renderJson, wrap } from './json-edit.ts';
import { jsonChild, jsonValueOf, scanJson, type JsonNode } from './json-text.ts';
import type { Problem } from './problem.ts';
import { STUDIO_JSON } from './project.ts';
import { DEFAULT_SETTINGS, type SimulationSettings } from './simulation-settings.ts';
import { nodeId, type NodeId } from '../base/ids.ts';
import type { Position, StudioFile } from './studio-file.ts';
import { DraftSchema, FeedSchema, NoteSchema, PositionSchema, RemoteSchema, SettingsSchema, StandInSchema } from './studio-file-schema.ts';

export type StudioFileProblemCode = 'studio-unreadable' | 'studio-bad-part' | 'studio-version';

export const EMPTY_STUDIO: StudioFile = {
  version: 1,
  positions: {},
  notes: [],
  drafts: [],
  standIns: [],
  settings: DEFAULT_SETTINGS,
  feeds: [],
  remotes: [],
};

export function decodeStudioFile(text: string | null): {
  readonly studio: StudioFile;
  readonly problems: readonly Problem<StudioFileProblemCode>[];
} {
  if (text === null || text.trim() === '') {
    return { studio: EMPTY_STUDIO, problems: [] };
  }
  const scan = scanJson(text);
  if (!scan.ok) {
    const range = { from: Math.min(scan.at, text.length), to: Math.min(scan.at + 1, text.length) };
    return { studio: EMPTY_STUDIO, problems: [problem('studio-unreadable', `studio.json cannot be read: ${scan.message}.`, range)] };
  }
  const problems: Problem<StudioFileProblemCode>[] = [];
  const { root } = scan;
  if (root.type !== 'object') {
    return { studio: EMPTY_STUDIO, problems: [problem('studio-unreadable', 'studio.json must hold an object.', root)] };
  }
  const version = jsonChild(root, 'version');
  if (version !== null && jsonValueOf(version) !== 1) {
    problems.push(problem('studio-version', 'studio.json has a version that this Studio does not know; it is read as version 1.', version));
  }
  const studio: StudioFile = {
    version: 1,
    positions: readPositions(root, problems),
    notes: readList(root, 'notes', NoteSchema, problems),
    drafts: readList(root, 'drafts', DraftSchema, problems),
    standIns: readList(root, 'standIns', StandInSchema, problems),
    settings: readSettings(root, problems),
    feeds: readList(root, 'feeds', FeedSchema, problems),
    remotes: readList(root, 'remotes', RemoteSchema, problems),
  };
  return { studio, problems };
}

/**
 * The edits that make `path` of studio.json hold `value`; undefined removes it. Creates the file when `text` is null.
 * Gives no edits when nothing changes, and when the text is not a JSON object: it is never thrown away.
 */
export function setStudioValue(text: string | null, path: readonly (string | number)[], value: JsonValue | undefined): readonly Edit[] {
  if (text === null || text.trim() === '') {
    if (value === undefined) {
      return [];
    }
    const inner = wrap(path, value);
    const content = `${renderJson(isObject(inner) ? { version: 1, ...inner } : inner, 0)}\n`;
    return [
      text === null
        ? { type: 'create', path: STUDIO_JSON, content }
        : { type: 'text', path: STUDIO_JSON, from: 0, to: text.length, insert: content },
    ];
  }
  const scan = scanJson(text);
  if (!scan.ok || scan.root.type !== 'object') {
    return [];
  }
  const replacement = editJson(text, scan.root, path, value);
  return replacement === null ? [] : [{ type: 'text', path: STUDIO_JSON, ...replacement }];
}

/** Where the first item of a list of studio.json that fulfils `test` stands in the text; -1 where none does. */
export function studioIndex(text: string | null, list: string, test: (item: { readonly [key: string]: JsonValue }) => boolean): number {
  const scan = scanJson(text ?? '');
  const node = scan.ok ? jsonChild(scan.root, list) : null;
  if (node?.type !== 'array') {
    return -1;
  }
  return node.items.findIndex((item) => {
    const value = jsonValueOf(item);
    return isObject(value) && test(value);
  });
}

function readPositions(root: JsonNode, problems: Problem<StudioFileProblemCode>[]): Readonly<Record<NodeId, Position>> {
  const positions: Record<NodeId, Position> = {};
  const node = jsonChild(root, 'positions');
  if (node !== null && node.type !== 'object') {
    problems.push(problem('studio-bad-part', 'positions must be an object; every item is laid out anew.', node));
    return positions;
  }
  for (const member of node?.members ?? []) {
    const read = safeParse(PositionSchema, jsonValueOf(member.value));
    if (read.success) {
      positions[nodeId(member.key)] = read.output;
    } else {
      problems.push(problem('studio-bad-part', `The position of ${member.key} must be {x, y} with numbers; it is ignored.`, member.value));
    }
  }
  return positions;
}

function readList<T>(
  root: JsonNode,
  key: string,
  schema: BaseSchema<unknown, T, BaseIssue<unknown>>,
  problems: Problem<StudioFileProblemCode>[],
): readonly T[] {
  const node = jsonChild(root, key);
  if (node === null) {
    return [];
  }
  if (node.type !== 'array') {
    problems.push(problem('studio-bad-part', `${key} must be a list; it is ignored.`, node));
    return [];
  }
  return node.items.flatMap((item, index) => {
    const read = safeParse(schema, jsonValueOf(item));
    if (read.success) {
      return [read.output];
    }
    problems.push(problem('studio-bad-part', `${key}[${index}] is ignored: ${firstIssue(read.issues)}.`, item));
    return [];
  });
}

function readSettings(root: JsonNode, problems: Problem<StudioFileProblemCode>[]): SimulationSettings {
  const node = jsonChild(root, 'settings');
  if (node === null) {
    return DEFAULT_SETTINGS;
  }
  if (node.type !== 'object') {
    problems.push(problem('studio-bad-part', 'settings must be an object; the defaults are used.', node));
    return DEFAULT_SETTINGS;
  }
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  for (const [key, schema] of Object.entries(SettingsSchema.entries)) {
    const part = jsonChild(node, key);
    const read = part === null ? null : safeParse(schema, jsonValueOf(part));
    if (read?.success === true) {
      settings[key] = read.output;
    } else if (part !== null && read !== null) {
      problems.push(problem('studio-bad-part', `settings.${key} takes its default: ${firstIssue(read.issues)}.`, part));
    }
  }
  const whole = safeParse(SettingsSchema, settings);
  return whole.success ? whole.output : DEFAULT_SETTINGS;
}

function firstIssue(issues: readonly BaseIssue<unknown>[]): string {
  const [issue] = issues;
  if (issue === undefined) {
    return 'it is not understood';
  }
  const where = (issue.path ?? []).map((item: IssuePathItem) => String(item.key)).join('.');
  return where === '' ? issue.message : `${where}: ${issue.message}`;
}

function problem(
  code: StudioFileProblemCode,
  message: string,
  range: { readonly from: number; readonly to: number },
): Problem<StudioFileProblemCode> {
  return { code, severity: 'warning', message, path: STUDIO_JSON, range: { from: range.from, to: range.to } };
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
