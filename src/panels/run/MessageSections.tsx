/** The parts of the message inspector that show what a message held and what its call did. */
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from '../../ui/IconButton.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import type { FetchRecord, FunctionError, LogLine, RemoteExchange } from '../../protocol/call.ts';
import type { MessageDetail, ShownValue } from '../../worker/contract.ts';
import { shortName } from './EndName.tsx';
import { FetchOutcome } from './FetchOutcome.tsx';
import { formatBytes, formatUnits } from './format-count.ts';
import { prettyJson } from './json-tokens.ts';
import { PlaceLink } from './PlaceLink.tsx';
import { PlaceStack } from './PlaceStack.tsx';
import { Section } from './Section.tsx';
import { stateDiff } from './state-diff.ts';
import { DiffCode, ValueCode } from './ValueCode.tsx';
import { valueText } from './value-text.ts';
import styles from './MessageInspector.module.css';

export function PayloadSection({ detail }: { readonly detail: MessageDetail }) {
  const { value } = detail;
  if (value === null) {
    return null;
  }
  const shown = valueText(value.typename, value.bytes);
  const text = prettyJson(value.text ?? shown.text);
  return (
    <Section
      title="Payload"
      aside={
        <span className={styles.aside}>
          {shown.format === 'bytes' && value.text !== null ? 'value' : shown.format}, {formatBytes(value.bytes.length)}
          <CopyButton text={text} label="Copy payload" />
        </span>
      }
    >
      <ValueCode text={text} label="Payload" />
    </Section>
  );
}

export function CallSections({ detail }: { readonly detail: MessageDetail; readonly startAt: number }) {
  return (
    <>
      {detail.error === null ? null : <ErrorSection error={detail.error} />}
      {detail.remote === null || detail.remote.detail === null ? null : <RemoteSection remote={detail.remote} />}
      <ProtocolSection request={detail.request} reply={detail.reply} />
      <StateSection detail={detail} />
      {detail.fetches.length === 0 ? null : <FetchSection fetches={detail.fetches} id={detail.to?.id} />}
      {detail.logs.length === 0 ? null : <LogSection logs={detail.logs} />}
    </>
  );
}

function ErrorSection({ error }: { readonly error: FunctionError }) {
  return (
    <Section title="Error" aside={<span className={styles.aside}>{error.name}</span>}>
      <p className={styles.error}>{error.message}</p>
      <PlaceStack stack={error.stack} className={styles.stack} />
    </Section>
  );
}

/** What a function server outside the Studio did instead of answering. */
function RemoteSection({ remote }: { readonly remote: RemoteExchange }) {
  return (
    <Section title="Function server" aside={<span className={styles.aside}>outside the Studio</span>}>
      <p className={styles.error}>{remote.detail}</p>
    </Section>
  );
}

const SIDES = [
  { id: 'request', label: 'ToFunction' },
  { id: 'reply', label: 'FromFunction' },
] as const;

function ProtocolSection({ request, reply }: { readonly request: string | null; readonly reply: string | null }) {
  const [side, setSide] = useState<'request' | 'reply'>('reply');
  if (request === null && reply === null) {
    return null;
  }
  const text = side === 'request' ? request : reply;
  return (
    <Section
      title="Protocol"
      aside={
        <span className={styles.aside}>
          {text === null ? null : <CopyButton text={text} label={`Copy ${side === 'request' ? 'ToFunction' : 'FromFunction'}`} />}
          <SegmentedControl size="small" label="Side of the protocol" items={SIDES} value={side} onChange={setSide} />
        </span>
      }
    >
      {text === null ? (
        <p className={styles.empty}>{side === 'request' ? 'The request is not stored.' : 'There is no reply yet.'}</p>
      ) : (
        <ValueCode text={text} label={side === 'request' ? 'ToFunction' : 'FromFunction'} />
      )}
    </Section>
  );
}

function StateSection({ detail }: { readonly detail: MessageDetail }) {
  if (detail.to === null || (detail.stateBefore.length === 0 && detail.stateAfter.length === 0)) {
    return null;
  }
  const named = (states: MessageDetail['stateBefore']) =>
    states.map(({ name, value }) => ({ name, text: value === null ? null : textOf(value) }));
  const answered = detail.completedAt !== null;
  const lines = stateDiff(named(detail.stateBefore), named(answered ? detail.stateAfter : detail.stateBefore));
  const title = `State of ${shortName(detail.to.typename)}, ${detail.to.id}`;
  return (
    <Section
      title={title}
      aside={
        <span className={styles.aside}>
          {stateWord(
            answered,
            lines.some((line) => line.sign !== ' '),
          )}
        </span>
      }
    >
      <DiffCode lines={lines} label={title} />
    </Section>
  );
}

function stateWord(answered: boolean, changed: boolean): string {
  if (!answered) {
    return 'before the call';
  }
  return changed ? '' : 'not changed';
}

function FetchSection({ fetches, id }: { readonly fetches: readonly FetchRecord[]; readonly id: string | undefined }) {
  return (
    <Section title="Outside calls" aside={<span className={styles.aside}>{formatUnits(fetches.length, 'call')}</span>}>
      <ul className={styles.list}>
        {fetches.map((fetched, index) => (
          // The same call may be made twice: only its place tells them apart.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className={styles.fetch}>
            <span className={styles.mono}>
              {fetched.method} {fetched.url}
            </span>
            <FetchOutcome fetched={fetched} id={id} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function LogSection({ logs }: { readonly logs: readonly LogLine[] }) {
  return (
    <Section title="Log" aside={<span className={styles.aside}>{formatUnits(logs.length, 'line')}</span>}>
      <ul className={styles.list}>
        {logs.map((line, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className={styles.log}>
            {line.level === 'log' ? null : <span className={styles.level}>{line.level}</span>}
            <span className={styles.logText}>{line.text}</span>
            {line.place === null ? null : <PlaceLink place={line.place} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function textOf(value: ShownValue): string {
  return value.text ?? valueText(value.typename, value.bytes).text;
}

function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    const timer = copied ? setTimeout(() => setCopied(false), 1500) : null;
    return () => {
      if (timer !== null) {
        clearTimeout(timer);
      }
    };
  }, [copied]);
  return (
    <IconButton
      size="small"
      label={copied ? 'Copied' : label}
      icon={copied ? <Check /> : <Copy />}
      onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    />
  );
}
