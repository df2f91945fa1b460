/** What came of playing a scenario. */
import { FlaskConical } from 'lucide-react';
import type { FilePath } from '../../base/ids.ts';
import type { Result } from '../../base/result.ts';
import type { CodePlace } from '../../protocol/call.ts';
import { useDocument } from '../../state/document-controller.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import type { WorkerError } from '../../worker/contract.ts';
import type { ScenarioVerdict } from '../../worker/scenario-contract.ts';
import type { TrialInput } from '../../worker/trial-contract.ts';
import { shortName } from '../run/EndName.tsx';
import { formatUnits } from '../run/format-count.ts';
import { PlaceLink } from '../run/PlaceLink.tsx';
import { formatDuration } from '../run/virtual-clock.ts';
import { DiffCode } from '../run/ValueCode.tsx';
import { valueText } from '../run/value-text.ts';
import { openInBench } from './open-in-bench.ts';
import { failedWords } from './scenario-words.ts';
import styles from './Scenarios.module.css';

type Played = Extract<ScenarioVerdict, { type: 'played' }>;
type NotPlayed = Extract<ScenarioVerdict, { type: 'not-played' }>['why'];
type Failure = Played['failures'][number];
type Call = Failure['calls'][number];

export function ScenarioVerdictView({ path, answer }: { readonly path: FilePath; readonly answer: Result<ScenarioVerdict, WorkerError> }) {
  if (!answer.ok) {
    return <ErrorNote live>{answer.error.message}</ErrorNote>;
  }
  return answer.value.type === 'played' ? (
    <PlayedView path={path} played={answer.value} />
  ) : (
    <NotPlayedView path={path} why={answer.value.why} />
  );
}

function PlayedView({ path, played }: { readonly path: FilePath; readonly played: Played }) {
  const { passed, end, failures, millis, realMillis, warnings, leftBehind } = played;
  const took = `${formatDuration(millis)} of virtual time in ${formatDuration(realMillis)}`;
  return (
    <>
      <p className={styles.verdict} role="status">
        {passed ? (
          <b className={styles.passed}>Passed</b>
        ) : end.type === 'interrupted' ? (
          <b>Cancelled</b>
        ) : (
          <b className={styles.failed}>{end.type === 'looping' ? 'Failed' : failedWords(played)}</b>
        )}
        <span className={styles.quiet}>
          {passed ? `${formatUnits(played.expectations, 'expectation')} held, ` : ''}
          {took}
        </span>
      </p>
      {end.type === 'looping' ? (
        <ErrorNote>
          The job failed {end.times} times of the same thing and would not get past it: {end.message}
        </ErrorNote>
      ) : null}
      <ol className={styles.failures} aria-label="What does not hold">
        {failures.map((failure) => (
          <FailureCard key={`${failure.place.offset} ${failure.at}`} path={path} failure={failure} />
        ))}
      </ol>
      {passed ? null : <JobFailures failures={played.jobFailures} />}
      {passed ? null : <FailedCalls played={played} />}
      <Notes
        label="Warnings"
        notes={[
          ...warnings.scenario.map(({ message, line, column }) => ({ message, place: { path, line, column } })),
          ...[...warnings.project, ...leftBehind].map(({ message, place }) => ({ message, place })),
        ]}
        tone="warning"
      />
    </>
  );
}

function FailureCard({ path, failure }: { readonly path: FilePath; readonly failure: Failure }) {
  const { place, at, message, diff, calls, called } = failure;
  return (
    <li className={styles.failure}>
      <p className={styles.failureHead}>
        <PlaceLink place={{ path, line: place.line, column: place.column }} />
        <span className={styles.quiet}>at {formatDuration(at)}</span>
        {called === null ? null : <BenchButton input={called} />}
      </p>
      <p className={styles.message}>{message}</p>
      {diff.length === 0 ? null : (
        <>
          <span className={styles.caption}>− expected, + found</span>
          <DiffCode label="Expected and found" lines={diff.map(({ mark, text }) => ({ sign: mark, text }))} />
        </>
      )}
      {calls.length === 0 ? null : (
        <div className={styles.behind}>
          <span className={styles.caption}>{calls.length === 1 ? 'The call behind it' : 'The calls behind it, the last one first'}</span>
          <Calls calls={calls} />
        </div>
      )}
    </li>
  );
}

function FailedCalls({ played: { callFailures, callFailuresLeftOut, failedCalls } }: { readonly played: Played }) {
  if (callFailures.length === 0) {
    return null;
  }
  return (
    <section className={styles.behind} aria-label="Failed calls">
      <span className={styles.caption}>Failed calls</span>
      <ul className={styles.notes}>
        {callFailures.map(({ function: typename, reason, message, place, attempts }) => {
          const call = failedCalls.find((each) => each.typename === typename && samePlace(each.failure?.place ?? null, place));
          return (
            <li key={`${typename} ${reason} ${message}`} className={styles.call}>
              <code>{typename}</code>
              <span>
                {message} <span className={styles.quiet}>({formatUnits(attempts, 'attempt')})</span>
              </span>
              {place === null ? null : <PlaceLink place={place} />}
              {call?.input === undefined || call.input === null ? null : <BenchButton input={call.input} />}
            </li>
          );
        })}
        {callFailuresLeftOut === 0 ? null : (
          <li className={styles.quiet}>and {formatUnits(callFailuresLeftOut, 'attempt')} that failed otherwise</li>
        )}
      </ul>
    </section>
  );
}

function JobFailures({ failures }: { readonly failures: Played['jobFailures'] }) {
  return failures.length === 0 ? null : (
    <section className={styles.behind} aria-label="Failures of the job">
      <span className={styles.caption}>The job failed</span>
      <ul className={styles.notes}>
        {failures.map(({ code, message, thrown, times, place }) => (
          <li key={`${code} ${message} ${thrown}`}>
            {thrown === null || thrown === message ? message : `${message}: ${thrown}`}{' '}
            <span className={styles.quiet}>({times === 1 ? 'once' : `${times} times`})</span>{' '}
            {place === null ? null : <PlaceLink place={place} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function samePlace(one: CodePlace | null, other: CodePlace | null): boolean {
  return one?.path === other?.path && one?.line === other?.line;
}

function Calls({ calls }: { readonly calls: readonly Call[] }) {
  return (
    <ul className={styles.notes}>
      {calls.map((each) => (
        <CallRow key={each.call} call={each} />
      ))}
    </ul>
  );
}

function CallRow({ call: { typename, id, at, failure, logs, input } }: { readonly call: Call }) {
  return (
    <li>
      <div className={styles.call}>
        <span className={styles.at}>{formatDuration(at)}</span>
        <code>{`${typename} / ${id}`}</code>
        {input === null ? null : <code className={styles.asked}>{askedText(input)}</code>}
        {input === null ? null : <BenchButton input={input} />}
      </div>
      {failure === null ? null : (
        <div className={styles.line}>
          <span className={styles.failed}>{failure.message}</span>
          {failure.place === null ? null : <PlaceLink place={failure.place} />}
        </div>
      )}
      {logs.map(({ text, place }, index) => (
        // Lines have no identity but their place in the call.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={styles.line}>
          <code>{text}</code>
          {place === null ? null : <PlaceLink place={place} />}
        </div>
      ))}
    </li>
  );
}

const ASKED_LENGTH = 120;

/** What the function was asked: the last message of the batch, by type and value. */
function askedText({ messages }: TrialInput): string {
  const last = messages.at(-1);
  if (last === undefined) {
    return '';
  }
  const { typename, bytes } = last.value;
  const more = messages.length === 1 ? '' : ` and ${messages.length - 1} before it`;
  const text = valueText(typename, bytes).text.replaceAll(/\s+/g, ' ');
  return `${shortName(typename)} ${text.length > ASKED_LENGTH ? `${text.slice(0, ASKED_LENGTH)}…` : text}${more}`;
}

export function BenchButton({ input }: { readonly input: TrialInput }) {
  const known = useDocument((state) => state.facts.functions.some(({ typename }) => typename === input.typename));
  return known ? (
    <Button variant="link" icon={<FlaskConical aria-hidden="true" />} onPress={() => openInBench(input)}>
      Open in the bench
    </Button>
  ) : null;
}

export function NotPlayedView({ path, why }: { readonly path: FilePath; readonly why: NotPlayed }) {
  const notes =
    why.type === 'scenario'
      ? why.problems.map(({ message, line, column }) => ({ message, place: { path, line, column } }))
      : why.problems.map(({ message, place }) => ({ message, place }));
  return (
    <>
      <p className={styles.verdict} role="status">
        <b className={styles.failed}>{why.type === 'scenario' ? 'Not played' : 'Not played: the project cannot run as it is'}</b>
      </p>
      <Notes label="What is in the way" notes={notes} tone="error" />
    </>
  );
}

interface Note {
  readonly message: string;
  readonly place: CodePlace | null;
}

function Notes({ label, notes, tone }: { readonly label: string; readonly notes: readonly Note[]; readonly tone: 'error' | 'warning' }) {
  return notes.length === 0 ? null : (
    <ul className={styles.notes} aria-label={label}>
      {notes.map(({ message, place }) => (
        <li key={`${message} ${place?.line}`}>
          <ErrorNote tone={tone}>{message}</ErrorNote> {place === null ? null : <PlaceLink place={place} />}
        </li>
      ))}
    </ul>
  );
}
