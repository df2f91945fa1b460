/** What a trial came to: how it ended, the state after, and everything that the function asked for. */
import { CalendarX2, Check, ChevronRight, CircleX, Globe, LogOut, Send, Timer, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ShownValue } from '../../worker/contract.ts';
import type { TrialResult } from '../../worker/trial-contract.ts';
import { Badge } from '../../ui/Badge.tsx';
import { EndName } from '../run/EndName.tsx';
import { FetchOutcome } from '../run/FetchOutcome.tsx';
import { prettyJson } from '../run/json-tokens.ts';
import { PlaceLink } from '../run/PlaceLink.tsx';
import { stateDiff } from '../run/state-diff.ts';
import { DiffCode, ValueCode } from '../run/ValueCode.tsx';
import { valueText } from '../run/value-text.ts';
import { formatClock, formatDuration } from '../run/virtual-clock.ts';
import type { BenchRun } from './bench-session.ts';
import { Section } from './BenchSection.tsx';
import { ErrorText } from './ErrorText.tsx';
import { SaveExpectation } from './SaveExpectation.tsx';
import { formatReal } from './real-time-text.ts';
import { useTypeNames } from './type-names.ts';
import { useBenchStart } from './use-bench-start.ts';
import styles from './Bench.module.css';

export function ResultView({ run, changed }: { readonly run: BenchRun; readonly changed: boolean }) {
  const { result } = run;
  const done = result.outcome.type === 'completed';
  return (
    <div className={styles.result} role="region" aria-label="Result">
      <div className={styles.outcome} role="status">
        <Outcome result={result} />
        <span className={styles.took}>
          {result.outcome.type === 'not-loaded' ? '' : formatReal(result.realMillis)}
          {result.virtualMillis > 0 ? `, ${formatDuration(result.virtualMillis)} virtual` : ''}
        </span>
        {done || result.outcome.type === 'threw' ? <SaveExpectation run={run} /> : null}
      </div>
      {changed ? <p className={styles.quiet}>Of the input before your last edits.</p> : null}
      <ErrorText outcome={result.outcome} />
      {done ? <Effects result={result} /> : null}
      {result.fetches.length === 0 ? null : <Fetches result={result} id={run.input.id} />}
      {result.logs.length === 0 ? null : <Logs result={result} />}
      <Protocol result={result} />
    </div>
  );
}

function Outcome({ result }: { readonly result: TrialResult }) {
  switch (result.outcome.type) {
    case 'completed':
      return (
        <Badge tone="ok" icon={<Check aria-hidden="true" />}>
          Completed
        </Badge>
      );
    case 'threw':
      return (
        <Badge tone="error" icon={<CircleX aria-hidden="true" />}>
          Threw
        </Badge>
      );
    case 'failed':
      return (
        <Badge tone="error" icon={<CircleX aria-hidden="true" />}>
          Ended
        </Badge>
      );
    case 'incomplete':
      return (
        <Badge tone="warn" icon={<TriangleAlert aria-hidden="true" />}>
          Asked for states
        </Badge>
      );
    case 'not-loaded':
      return (
        <Badge tone="error" icon={<CircleX aria-hidden="true" />}>
          Not called
        </Badge>
      );
  }
}

function Effects({ result }: { readonly result: TrialResult }) {
  const nameOf = useTypeNames();
  const startAt = useBenchStart();
  return (
    <>
      <StateAfter result={result} />
      <Section title="Sends" aside={result.sends.length}>
        {result.sends.length === 0 ? <p className={styles.quiet}>Nothing sent to other functions.</p> : null}
        {result.sends.map(({ to, value }, index) => (
          <Card key={index} icon={<Send aria-hidden="true" />} name={nameOf(value.typename)} title={value.typename} value={value}>
            to <EndName end={{ kind: 'function', name: to.typename, id: to.id }} />
          </Card>
        ))}
      </Section>
      <Section title="Delayed" aside={result.delayed.length}>
        {result.delayed.length === 0 ? <p className={styles.quiet}>No delayed messages.</p> : null}
        {result.delayed.map(({ to, value, delayMillis, due, token }, index) => (
          <Card
            key={index}
            icon={<Timer aria-hidden="true" />}
            name={nameOf(value.typename)}
            title={value.typename}
            value={value}
            more={`after ${formatDuration(delayMillis)}, fires ${formatClock(due, startAt)}${token === null ? '' : `, token ${token}`}`}
          >
            to <EndName end={{ kind: 'function', name: to.typename, id: to.id }} />
          </Card>
        ))}
      </Section>
      {result.cancellations.length === 0 ? null : (
        <Section title="Cancelled" aside={result.cancellations.length}>
          {result.cancellations.map(({ token }, index) => (
            <Card key={index} icon={<CalendarX2 aria-hidden="true" />} name={token ?? 'no token'} title="" value={null}>
              the delayed message with this token
            </Card>
          ))}
        </Section>
      )}
      <Section title="Egress" aside={result.egress.length}>
        {result.egress.length === 0 ? <p className={styles.quiet}>No records written.</p> : null}
        {result.egress.map(({ egress, topic, key, value }, index) => (
          <Card key={index} icon={<LogOut aria-hidden="true" />} name={topic ?? 'no egress record'} title={egress} value={value}>
            {key === null ? '' : `key ${key} `}
            <EndName end={{ kind: 'egress', name: egress, id: null }} />
          </Card>
        ))}
      </Section>
    </>
  );
}

function StateAfter({ result }: { readonly result: TrialResult }) {
  const changed = result.states.filter(({ change }) => change !== 'none');
  const named = (side: 'before' | 'after') =>
    result.states.map((state) => {
      const value = state[side];
      return { name: state.name, text: value === null ? null : textOf(value) };
    });
  return (
    <Section title="State after" aside={changed.length === 0 ? <span className={styles.note}>not changed</span> : undefined}>
      {result.states.length === 0 ? (
        <p className={styles.quiet}>The function keeps no state.</p>
      ) : (
        <DiffCode lines={stateDiff(named('before'), named('after'))} label="State after" />
      )}
    </Section>
  );
}

interface CardProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly title: string;
  readonly value: ShownValue | null;
  readonly more?: string;
  readonly children: ReactNode;
}

/** One thing that the function asked for; its value unfolds. */
function Card({ icon, name, title, value, more, children }: CardProps) {
  const [open, setOpen] = useState(false);
  const inline = value === null ? '' : textOf(value);
  return (
    <div className={styles.card}>
      <div className={styles.cardLine}>
        {icon}
        <span className={styles.cardName} title={title}>
          {name}
        </span>
        <span className={styles.cardWay}>{children}</span>
      </div>
      {more === undefined ? null : <div className={styles.cardMore}>{more}</div>}
      {value === null ? null : (
        <button type="button" className={styles.cardValue} aria-expanded={open} onClick={() => setOpen(!open)}>
          <ChevronRight aria-hidden="true" />
          <code>{open ? 'value' : inline}</code>
        </button>
      )}
      {open && value !== null ? <ValueCode text={prettyJson(inline)} label={`Value of ${name}`} /> : null}
    </div>
  );
}

function Fetches({ result, id }: { readonly result: TrialResult; readonly id: string }) {
  return (
    <Section title="Outside calls" aside={result.fetches.length}>
      {result.fetches.map((fetched, index) => (
        <div key={index} className={styles.card}>
          <div className={styles.cardLine}>
            <Globe aria-hidden="true" />
            <code className={styles.url}>
              {fetched.method} {fetched.url}
            </code>
          </div>
          <FetchOutcome fetched={fetched} id={id} />
        </div>
      ))}
    </Section>
  );
}

function Logs({ result }: { readonly result: TrialResult }) {
  return (
    <Section title="Log" aside={result.logs.length}>
      <ul className={styles.logs}>
        {result.logs.map((line, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- lines have no identity, and the list is replaced as a whole
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

function Protocol({ result }: { readonly result: TrialResult }) {
  const [open, setOpen] = useState(false);
  if (result.request === '') {
    return null;
  }
  return (
    <div className={styles.fold}>
      <button type="button" className={styles.foldHead} aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRight aria-hidden="true" />
        <span>Protocol</span>
        <span className={styles.foldNote}>what went over the wire</span>
      </button>
      {open ? (
        <>
          <ValueCode text={result.request} label="ToFunction" />
          {result.reply === null ? (
            <p className={styles.quiet}>There was no reply.</p>
          ) : (
            <ValueCode text={result.reply} label="FromFunction" />
          )}
        </>
      ) : null}
    </div>
  );
}

function textOf(value: ShownValue): string {
  return value.text ?? valueText(value.typename, value.bytes).text;
}
