/** Renames a function, ingress or egress where drafts, stand-ins and remote functions of studio.json name it. */
import type { JsonValue } from '../base/json.ts';
import { jsonChild, jsonValueOf, scanJson } from '../model/json-text.ts';
import { STUDIO_JSON, textFile } from '../model/project.ts';
import type { EditSession } from './edit-session.ts';

export function renameInStudio(session: EditSession, type: 'function' | 'ingress' | 'egress', from: string, to: string): void {
  if (type === 'ingress') {
    return;
  }
  if (type === 'function') {
    renameRemote(session, from, to);
  }
  renameFields(session, 'drafts', (draft) => (type === 'function' ? draftFields(draft, from, to) : []));
  renameFields(session, 'standIns', (standIn) => {
    const forward = standIn['forwardTo'];
    const name = type === 'function' ? 'typename' : 'id';
    const isForward = isObject(forward) && forward['type'] === type && forward[name] === from;
    return [
      ...(type === 'function' && standIn['typename'] === from ? [{ path: ['typename'], value: to }] : []),
      ...(isForward ? [{ path: ['forwardTo', name], value: to }] : []),
    ];
  });
}

/** An endpoint's pattern, or a function's typename, as what is remote. */
export function renameRemote(session: EditSession, from: string, to: string): void {
  renameFields(session, 'remotes', ({ functions }) => (functions === from ? [{ path: ['functions'], value: to }] : []));
}

interface Field {
  readonly path: readonly (string | number)[];
  readonly value: JsonValue;
}
type Item = { readonly [key: string]: JsonValue };

function draftFields(draft: Item, from: string, to: string): readonly Field[] {
  const targets = draft['targets'];
  return [
    ...(draft['typename'] === from ? [{ path: ['typename'], value: to }] : []),
    ...(Array.isArray(targets)
      ? targets.flatMap((target, index) => (target === from ? [{ path: ['targets', index], value: to }] : []))
      : []),
  ];
}

function renameFields(session: EditSession, list: string, fieldsOf: (item: Item) => readonly Field[]): void {
  const scan = scanJson(textFile(session.project, STUDIO_JSON) ?? '');
  const node = scan.ok ? jsonChild(scan.root, list) : null;
  if (node?.type !== 'array') {
    return;
  }
  node.items.map(jsonValueOf).forEach((item, index) => {
    for (const { path, value } of isObject(item) ? fieldsOf(item) : []) {
      session.setStudio([list, index, ...path], value);
    }
  });
}

function isObject(value: JsonValue | undefined): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
