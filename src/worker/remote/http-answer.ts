/** What came of one HTTP request to a function server, and what it means to the engine: the table of S61, one row after the other. */
import { assertNever } from '../../base/assert-never.ts';
import { tryDecodeUtf8 } from '../../base/text-encoding.ts';
import type { RemoteTarget } from '../../model/remote-target.ts';
import type { CallOutcome } from '../../protocol/call.ts';

export type HttpAnswer =
  | {
      readonly type: 'answered';
      readonly status: number;
      readonly contentType: string | null;
      /** Where a redirect points. */
      readonly location: string | null;
      readonly body: Uint8Array;
    }
  /** No connection, by the words of whoever tried. */
  | { readonly type: 'refused'; readonly message: string }
  | { readonly type: 'dropped'; readonly message: string }
  | { readonly type: 'no-answer'; readonly limitMillis: number };

/** Of an answer that is none, so many bytes are shown. */
const SHOWN_BYTES = 300;
const BINARY = 'application/octet-stream';

export interface ReadAnswer {
  readonly outcome: CallOutcome;
  readonly detail: string | null;
}

export function readAnswer(answer: HttpAnswer, transport: RemoteTarget['transport']): ReadAnswer {
  switch (answer.type) {
    case 'answered':
      return readResponse(answer, transport);
    case 'refused':
    case 'dropped':
      return { outcome: { type: answer.type }, detail: answer.message };
    case 'no-answer':
      return { outcome: { type: 'no-answer' }, detail: `No answer came within ${answer.limitMillis} ms of real time.` };
    default:
      return assertNever(answer);
  }
}

function readResponse(answer: HttpAnswer & { readonly type: 'answered' }, transport: RemoteTarget['transport']): ReadAnswer {
  const { status, location, body } = answer;
  if (status < 200 || status >= 300) {
    const where = location === null ? '' : ` It points to ${shown(location)}; the Studio follows no redirects.`;
    return { outcome: { type: 'http-status', status }, detail: `The server answered with status ${status}.${where}${bodyText(body)}` };
  }
  const contentType = answer.contentType ?? '';
  if (!isBinary(contentType, transport)) {
    const what = contentType === '' ? 'no content type' : `content type ${shown(contentType)}`;
    return {
      outcome: { type: 'wrong-content-type', contentType: shown(contentType) },
      detail: `The server answered with ${what} in place of ${BINARY}.${bodyText(body)}`,
    };
  }
  return { outcome: { type: 'replied', reply: body }, detail: null };
}

/** async looks for it among the header's values, okhttp takes that one alone; neither takes it with parameters. */
function isBinary(contentType: string, transport: RemoteTarget['transport']): boolean {
  return transport === 'okhttp'
    ? contentType.trim().toLowerCase() === BINARY
    : contentType.split(',').some((value) => value.trim().toLowerCase() === BINARY);
}

function bodyText(body: Uint8Array): string {
  if (body.length === 0) {
    return ' Its body is empty.';
  }
  const head = body.subarray(0, SHOWN_BYTES);
  const text = tryDecodeUtf8(head) ?? tryDecodeUtf8(head.subarray(0, head.length - 3));
  if (text === null) {
    return ` Its body is ${body.length} bytes that are no text.`;
  }
  return ` Its body: ${shown(text)}${body.length > SHOWN_BYTES ? '…' : ''}`;
}

/** On one line, without what a terminal or a page would act on. */
function shown(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ')
    .trim()
    .slice(0, SHOWN_BYTES);
}
