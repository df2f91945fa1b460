/** The same scenario with functions in the Studio and on a server outside, and the first thing that differs. */
import { GitCompareArrows } from 'lucide-react';
import { useState } from 'react';
import type { FilePath } from '../../base/ids.ts';
import type { Project } from '../../model/project.ts';
import { useDocument } from '../../state/document-controller.ts';
import { compareScenario, isOutdated, useScenarioPlays } from '../../state/scenario-plays.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Select } from '../../ui/Select.tsx';
import type { ScenarioComparison } from '../../worker/scenario-contract.ts';
import { formatCount, formatUnits } from '../run/format-count.ts';
import { BenchButton, NotPlayedView } from './ScenarioVerdictView.tsx';
import styles from './Scenarios.module.css';

type Compared = Extract<ScenarioComparison, { type: 'compared' }>;
type Difference = NonNullable<Compared['difference']>;
type Side = Difference['left'];

const ALL = 'all';

export interface ScenarioCompareProps {
  readonly path: FilePath;
  readonly files: Project['files'];
  /** How far it is, while it is being compared. */
  readonly progress: string | null;
}

export function ScenarioCompare({ path, files, progress }: ScenarioCompareProps) {
  const remotes = useDocument((state) => state.studio.remotes);
  const busy = useScenarioPlays((state) => state.running !== null);
  const compared = useScenarioPlays((state) => state.comparisons.get(path) ?? null);
  const [chosen, setChosen] = useState(ALL);
  const [first] = remotes;
  if (first === undefined) {
    return null;
  }
  const functions = remotes.some((remote) => remote.functions === chosen) ? [chosen] : null;
  return (
    <section className={styles.compare} aria-label="Compare">
      <div className={styles.compareHead}>
        <h4>Compare</h4>
        {remotes.length === 1 ? null : (
          <div className={styles.choice}>
            <Select
              label="Remote"
              items={[
                { id: ALL, label: 'All that are remote' },
                ...remotes.map((remote) => ({ id: remote.functions, label: remote.functions })),
              ]}
              value={functions === null ? ALL : chosen}
              onChange={setChosen}
            />
          </div>
        )}
        <Button
          size="small"
          variant="line"
          icon={<GitCompareArrows />}
          isDisabled={busy}
          onPress={() => void compareScenario(path, functions)}
        >
          Compare
        </Button>
        <span className={styles.quiet}>
          Plays it twice: with the code in the Studio, and with {remotes.length === 1 ? <code>{first.functions}</code> : 'functions'}{' '}
          answered by the server.
        </span>
        {compared !== null && isOutdated(path, compared.files, files) ? <Badge tone="warn">Files have changed since</Badge> : null}
      </div>
      {progress !== null ? (
        <p className={styles.progress}>{progress}</p>
      ) : compared === null ? null : compared.answer.ok ? (
        <Outcome path={path} comparison={compared.answer.value} />
      ) : (
        <ErrorNote live>{compared.answer.error.message}</ErrorNote>
      )}
    </section>
  );
}

function Outcome({ path, comparison }: { readonly path: FilePath; readonly comparison: ScenarioComparison }) {
  if (comparison.type === 'not-played') {
    return <NotPlayedView path={path} why={comparison.why} />;
  }
  const { calls, compared, difference, asked, states, egress, interrupted } = comparison;
  const same = difference === null && states.length === 0 && egress.length === 0;
  if (interrupted) {
    return <p className={styles.quiet}>Cancelled before both were played.</p>;
  }
  if (same) {
    return (
      <>
        <p className={styles.verdict} role="status">
          <b className={calls === 0 ? '' : styles.passed}>The same</b>
          <span className={styles.quiet}>
            {calls === 0 ? 'But no call went to these functions.' : `${formatUnits(calls, 'call')} answered alike, and the same in the end`}
          </span>
        </p>
        <NotAll calls={calls} compared={compared} />
      </>
    );
  }
  return (
    <>
      <p className={styles.verdict} role="status">
        <b className={styles.failed}>Different</b>
        <span className={styles.quiet}>
          {difference === null ? 'Every call was answered alike; the runs end differently.' : `${formatUnits(calls, 'call')} in the Studio`}
        </span>
      </p>
      <NotAll calls={calls} compared={compared} />
      {difference === null ? null : <FirstDifference difference={difference} asked={asked} />}
      <Things title="States in the end" things={states} />
      <Things title="Egress records" things={egress} />
    </>
  );
}

function NotAll({ calls, compared }: { readonly calls: number; readonly compared: number }) {
  return compared === calls ? null : (
    <p className={styles.quiet}>
      Only the first {formatUnits(compared, 'call')} of {formatCount(calls)} were compared one by one, since more could not be kept; what
      there is in the end was compared as a whole.
    </p>
  );
}

function FirstDifference({ difference, asked }: { readonly difference: Difference; readonly asked: Compared['asked'] }) {
  const { typename, id, call, attempt, ordinal, part, left, right, request } = difference;
  return (
    <section className={styles.failure} aria-label="First difference">
      <p className={styles.message}>
        First difference: <b>{part}</b>
      </p>
      <p className={styles.whose}>
        <span>
          <code>{`${typename} / ${id}`}</code>, its request {ordinal}{' '}
          <span className={styles.quiet}>
            (call {call}
            {attempt === 1 ? '' : `, attempt ${attempt}`})
          </span>
        </span>
        {asked === null ? null : <BenchButton input={asked} />}
      </p>
      <div className={styles.sides}>
        <SideBox name="In the Studio" side={left} />
        <SideBox name="Server" side={right} />
      </div>
      {part === 'request' || part === 'call' ? null : (
        <details className={styles.request}>
          <summary>What was asked</summary>
          <pre>{request}</pre>
        </details>
      )}
    </section>
  );
}

function SideBox({ name, side: { text, bytes } }: { readonly name: string; readonly side: Side }) {
  return (
    <div className={styles.side}>
      <span className={styles.caption}>{name}</span>
      <pre>{text}</pre>
      {bytes === null || bytes.length === 0 ? null : <span className={styles.bytes}>{hex(bytes)}</span>}
    </div>
  );
}

function Things({ title, things }: { readonly title: string; readonly things: Compared['states'] }) {
  return things.length === 0 ? null : (
    <table className={styles.things}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">In the Studio</th>
          <th scope="col">Server</th>
        </tr>
      </thead>
      <tbody>
        {things.map(({ what, left, right }) => (
          <tr key={what}>
            <td>{what}</td>
            <td>
              <code>{left.text}</code>
            </td>
            <td>
              <code>{right.text}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const SHOWN_BYTES = 24;

function hex(bytes: Uint8Array): string {
  const text = [...bytes.subarray(0, SHOWN_BYTES)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > SHOWN_BYTES ? `${text} … ${bytes.length} bytes` : text;
}
