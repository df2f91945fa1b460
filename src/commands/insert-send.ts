/** Writes a `context.send(…)` line at the end of a function's body, with what it needs imported. */
import { sdkImport, sendPlace } from '../analysis/code-places.ts';
import type { Typename } from '../base/ids.ts';
import type { FunctionFact } from '../model/code-facts.ts';
import type { Edit } from '../model/edit.ts';
import type { EditSession } from './edit-session.ts';
import { quoteText } from './quote-text.ts';

export type SendTarget =
  | { readonly type: 'function'; readonly typename: Typename }
  | { readonly type: 'egress'; readonly id: Typename; readonly connector: 'kafka' | 'kinesis' | 'custom'; readonly topic: string };

export function insertSend(session: EditSession, fact: FunctionFact, target: SendTarget): void {
  const text = session.text(fact.path);
  const place = text === null || fact.bodyEnd === null ? null : sendPlace(fact.path, text, fact.bodyEnd);
  if (text === null || place === null || place.context === null) {
    const reason = place === null ? 'has no body of its own in its file' : 'takes no context';
    session.refuse('no-place-for-code', `The fn of ${fact.typename} ${reason}: write the send by hand.`, {
      path: fact.path,
      range: fact.range,
    });
    return;
  }
  const builder = target.type === 'function' ? 'messageBuilder' : BUILDERS[target.connector];
  const { local, insert } = sdkImport(fact.path, text, builder);
  const line = sendLine(place.context, local, target, fact.typename);
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const inserted = place.breakBefore
    ? `${lineBreak}${place.indent}${line}${lineBreak}${place.closingIndent}`
    : `${place.indent}${line}${lineBreak}`;
  const edits: Edit[] = [{ type: 'text', path: fact.path, from: place.at, to: place.at, insert: inserted }];
  if (insert !== null) {
    // Imports lie before the body, so the body's edit comes first and moves no offset of theirs.
    const [from, to] = insert.at <= place.at ? [insert.at, insert.at] : [insert.at + inserted.length, insert.at + inserted.length];
    edits.push({ type: 'text', path: fact.path, from, to, insert: insert.text.replaceAll('\n', lineBreak) });
  }
  session.edit(edits);
}

const BUILDERS = { kafka: 'kafkaEgressMessage', kinesis: 'kinesisEgressMessage', custom: 'egressMessageBuilder' } as const;

/** A line that runs as it stands: it sends the function's own id as a text. */
function sendLine(context: string, builder: string, target: SendTarget, self: Typename): string {
  const id = `${context}.self.id`;
  if (target.type === 'function') {
    const message = `${builder}({ typename: ${quoteText(target.typename)}, id: ${id}, value: ${id} })`;
    // A message to itself without a delay would go round for ever in one instant.
    return target.typename === self ? `${context}.sendAfter(60 * 1000, ${message});` : `${context}.send(${message});`;
  }
  switch (target.connector) {
    case 'kafka':
      return `${context}.send(${builder}({ typename: ${quoteText(target.id)}, topic: ${quoteText(target.topic)}, key: ${id}, value: ${id} }));`;
    case 'kinesis':
      return `${context}.send(${builder}({ typename: ${quoteText(target.id)}, stream: ${quoteText(target.topic)}, partitionKey: ${id}, value: ${id} }));`;
    case 'custom':
      return `${context}.send(${builder}({ typename: ${quoteText(target.id)}, value: ${id} }));`;
  }
}
