/** A rule for a request that no stub answered: behind the other rules of its service, or in a new file of the service's name. */
import { filePath, type FilePath } from '../base/ids.ts';
import { ok } from '../base/result.ts';
import { meansRequest } from '../base/url-pattern.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import type { Edit } from '../model/edit.ts';
import type { TextRange } from '../model/problem.ts';
import { textFile, type Project } from '../model/project.ts';
import { isStubRuleFile, readStubFile } from '../module-yaml/read-stub-file.ts';
import { writeScalar } from '../module-yaml/write/scalar-writer.ts';

export interface UnansweredRequest {
  readonly method: string;
  readonly url: string;
  readonly body?: string | null;
  /** Of the address whose function asked. */
  readonly id?: string;
}

export interface PlannedStub {
  readonly edits: readonly Edit[];
  readonly path: FilePath;
  /** What is to be shown once the edits are made: of a new rule the place where its answer is written, of one that is there all of it. */
  readonly range: TextRange;
}

const NEW_FILE = '# Answers while simulating (docs/stubs.md); in production the real service is asked.\n';
const SHOWN_BODY = 160;
const BODY = 'body: {';

export function addStubRule(context: CommandContext, request: UnansweredRequest): CommandResult {
  return ok(planStubRule(context.project, request).edits);
}

export function planStubRule(project: Project, request: UnansweredRequest): PlannedStub {
  const host = hostOf(request.url);
  const known = [...project.files.keys()].filter(isStubRuleFile).toSorted();
  const there = known.map((path) => placeOf(project, path, request)).find((place) => place !== null);
  if (there !== undefined) {
    return { edits: [], ...there };
  }
  const own = filePath(`stubs/${fileName(host)}.yaml`);
  // Where the service has rules already, the new one belongs too.
  for (const path of new Set([own, ...known.filter((candidate) => hasRulesOf(project, candidate, host))])) {
    const text = textFile(project, path);
    const plan = text === null ? null : appended(path, text, request);
    if (plan !== null) {
      return plan;
    }
  }
  const path = freePath(project, fileName(host));
  const rule = ruleText(request, '');
  const edit: Edit = { type: 'create', path, content: NEW_FILE + rule };
  return { edits: [edit], path, range: answerRange(NEW_FILE.length, rule) };
}

/** A rule that answers the request already: it was made since, and is not applied yet. */
function placeOf(project: Project, path: FilePath, request: UnansweredRequest): Omit<PlannedStub, 'edits'> | null {
  const { rules, places } = readStubFile(path, textFile(project, path) ?? '');
  const range = places[rules.findIndex(({ method = '*', url }) => meansRequest(method, url, request))];
  return range === undefined ? null : { path, range };
}

/** Null where the file has no list that a rule can be put behind. */
function appended(path: FilePath, text: string, request: UnansweredRequest): PlannedStub | null {
  const { list, problems } = readStubFile(path, text);
  const isBare = list === null && problems.length === 0 && !/^\s*[^\s#]/m.test(text);
  const last = list?.layout === 'block' ? list.items.at(-1) : undefined;
  if (!isBare && (list === null || last === undefined)) {
    return null;
  }
  const dash = last?.dash ?? 0;
  const indent = last === undefined ? '' : text.slice(text.lastIndexOf('\n', dash - 1) + 1, dash);
  if (indent.trim() !== '') {
    return null;
  }
  // Behind the last rule's own lines; what follows a list under `stubs:` stays behind it.
  const end = last === undefined ? text.length : lineEnd(text, last.value.to);
  const lead = end === 0 || text[end - 1] === '\n' ? '' : '\n';
  const rule = text.includes('\r\n') ? ruleText(request, indent).replaceAll('\n', '\r\n') : ruleText(request, indent);
  return { edits: [{ type: 'text', path, from: end, to: end, insert: lead + rule }], path, range: answerRange(end + lead.length, rule) };
}

/** The offset behind the line break that ends the line of an offset. */
function lineEnd(text: string, offset: number): number {
  // A block scalar's end may be at the start of the next line.
  const at = offset > 0 && text[offset - 1] === '\n' ? offset - 1 : offset;
  const found = text.indexOf('\n', at);
  return found < 0 ? text.length : found + 1;
}

function ruleText({ method, url, body = null, id }: UnansweredRequest, indent: string): string {
  const sent = body === null || body === '' ? null : body.replaceAll(/\s+/g, ' ').replaceAll(/[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd]/g, '?');
  const lines = [
    ...(sent === null ? [] : [`# Sent: ${sent.length > SHOWN_BODY ? `${sent.slice(0, SHOWN_BODY)}…` : sent}`]),
    `- method: ${writeScalar(method, 'block')}`,
    `  url: ${writeScalar(pattern(url, id), 'block')}`,
    '  status: 200',
    `  ${BODY}}`,
  ];
  return lines.map((line) => `${indent}${line}\n`).join('');
}

/** What differs from call to call: the query, and a segment of the path that is the function's own id. */
function pattern(url: string, id = ''): string {
  const [, origin = '', path = '', query = ''] = /^([a-z]+:\/\/[^/?#]*)([^?#]*)(.*)$/is.exec(url) ?? ['', url];
  const own = new Set([id, encodeURI(id), encodeURIComponent(id)]);
  const segments = path.split('/').map((segment) => (segment !== '' && own.has(segment) ? '*' : segment));
  return origin + segments.join('/') + query.replace(/\?.*$/s, '?*');
}

function answerRange(from: number, rule: string): TextRange {
  const start = from + rule.lastIndexOf(BODY) + BODY.length;
  // Selected braces would be put in braces by the first one that is typed.
  return { from: start, to: start };
}

function hasRulesOf(project: Project, path: FilePath, host: string): boolean {
  const text = textFile(project, path);
  return text !== null && readStubFile(path, text).rules.some(({ url }) => hostOf(url) === host);
}

/** Of a URL or of a rule's pattern. */
function hostOf(url: string): string {
  return (/^[a-z]+:\/\/(?:[^/@]*@)?([^/?#]+)/i.exec(url)?.[1] ?? 'service').toLowerCase();
}

function fileName(host: string): string {
  const name = host.replaceAll(/[^a-z0-9.-]+/g, '-').replaceAll(/^[.-]+|[.-]+$/g, '');
  return name === '' ? 'service' : name;
}

function freePath(project: Project, name: string): FilePath {
  for (let count = 1; ; count += 1) {
    const path = filePath(`stubs/${name}${count === 1 ? '' : `-${count}`}.yaml`);
    if (!project.files.has(path)) {
      return path;
    }
  }
}
