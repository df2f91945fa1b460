/** Renames a function, an egress or a topic where scenarios name it: in steps, expectations and the code that steps bring. */
import { literalPlaces } from '../analysis/code-places.ts';
import { filePath, type FilePath } from '../base/ids.ts';
import type { Edit } from '../model/edit.ts';
import type { TextRange } from '../model/problem.ts';
import { projectCode } from '../model/code-files.ts';
import { readSource } from '../module-yaml/source/read-source.ts';
import { valueOf, type ScalarNode, type SourceNode } from '../module-yaml/source/source-node.ts';
import { writeScalar } from '../module-yaml/write/scalar-writer.ts';
import type { EditSession } from './edit-session.ts';

type Renamed = 'function' | 'egress' | 'topic';

export function renameInScenarios(session: EditSession, type: Renamed, from: string, to: string): void {
  for (const [path, content] of session.project.files) {
    // A name that is not there may still be in a file that a step takes its code from.
    if (typeof content === 'string' && isScenarioFile(path) && (content.includes(from) || /^\s.*\bfrom:/m.test(content))) {
      renameInFile(session, path, content, type, from, to);
    }
  }
}

function isScenarioFile(path: FilePath): boolean {
  return /^scenarios\/.+\.ya?ml$/.test(path);
}

function renameInFile(session: EditSession, path: FilePath, text: string, type: Renamed, from: string, to: string): void {
  const { parsed, documents } = readSource(text);
  if (!parsed && text.includes(from)) {
    session.refuse('scenario-unreadable', `${path} seems to name ${from} and cannot be read; mend its text first.`, { path });
    return;
  }
  const roots = documents.map(({ root }) => root);
  const names = roots
    .flatMap((root) => namesOf(root, type))
    .filter((node) => node.style !== 'alias' && node.text === from)
    .map((node) => ({ from: node.from, to: node.to, insert: writeScalar(to, 'flow', node.style) }));
  const inCode = type === 'topic' ? [] : roots.flatMap((root) => codePlaces(root, text, from)).map((range) => ({ ...range, insert: to }));
  // From the end, so that no place moves another.
  const places = [...names, ...inCode].sort((left, right) => right.from - left.from);
  session.edit(places.map((place): Edit => ({ type: 'text', path, ...place })));
  for (const file of type === 'topic' ? [] : roots.flatMap(codeFiles)) {
    renameInCodeFile(session, filePath(file), from, to);
  }
}

/** A file that a step puts in place of another is code of the project too. Those that are code already are renamed with the rest. */
function renameInCodeFile(session: EditSession, path: FilePath, from: string, to: string): void {
  const text = session.text(path);
  if (text !== null && !projectCode(session.project.files).functions.has(path)) {
    const places = literalPlaces(path, text, from);
    session.edit(places.toReversed().map((range): Edit => ({ type: 'text', path, from: range.from, to: range.to, insert: to })));
  }
}

/** Where code that a step holds as a block of text names it. Everything else is blanked, so that places stay. */
function codePlaces(root: SourceNode, text: string, name: string): readonly TextRange[] {
  return codeChanges(root).flatMap((change) => {
    const file = valueOf(change, 'file');
    const code = valueOf(change, 'text');
    if (code?.type !== 'scalar' || code.style !== 'block' || file?.type !== 'scalar') {
      return [];
    }
    const begin = text.indexOf('\n', code.from);
    return literalPlaces(filePath(file.text), ' '.repeat(begin) + text.slice(begin, code.to), name);
  });
}

function codeFiles(root: SourceNode): readonly string[] {
  return codeChanges(root)
    .flatMap((change) => scalarsOf(change, 'from'))
    .map(({ text }) => text);
}

function codeChanges(root: SourceNode): readonly SourceNode[] {
  return itemsOf(valueOf(root, 'steps')).flatMap((step) => itemsOf(valueOf(step, 'code')));
}

function namesOf(root: SourceNode, type: Renamed): readonly ScalarNode[] {
  const steps = itemsOf(valueOf(root, 'steps'));
  if (type === 'topic') {
    return steps.flatMap((step) => itemsOf(valueOf(step, 'send'))).flatMap((record) => scalarsOf(record, 'topic'));
  }
  const expectations = [root, ...steps].flatMap((each) => itemsOf(valueOf(each, 'expect')));
  const calls = steps.flatMap((step) => itemsOf(valueOf(step, 'call')));
  const replies = calls.map((call) => valueOf(call, 'reply'));
  const named =
    type === 'egress'
      ? replies.flatMap((reply) => itemsOf(valueOf(reply, 'egress')))
      : [
          ...calls,
          ...calls.flatMap((call) => itemsOf(valueOf(call, 'messages')).map((message) => valueOf(message, 'caller'))),
          ...replies.flatMap((reply) => [...itemsOf(valueOf(reply, 'sends')), ...itemsOf(valueOf(reply, 'delayed'))]),
        ];
  const names = [...expectations, ...named].flatMap((node) => scalarsOf(node, type));
  return type === 'egress' ? names : [...names, ...steps.flatMap((step) => scalarsOf(valueOf(step, 'fault'), 'functions'))];
}

/** The items of a list; a value that is no list stands for a list of one. */
function itemsOf(node: SourceNode | null): readonly SourceNode[] {
  return node === null ? [] : node.type === 'list' ? node.items.map(({ value }) => value) : [node];
}

function scalarsOf(node: SourceNode | null, key: string): readonly ScalarNode[] {
  const value = valueOf(node, key);
  return value?.type === 'scalar' ? [value] : [];
}
