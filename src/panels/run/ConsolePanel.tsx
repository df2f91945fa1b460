/** What the functions logged, the newest at the end. A click shows the call that logged; the place opens the line. */
import { FlaskConical, LocateFixed } from 'lucide-react';
import { useState } from 'react';
import { useBench } from '../../state/bench-store.ts';
import { workerClient } from '../../state/client.ts';
import { useRun } from '../../state/run-store.ts';
import { useTrials } from '../../state/trials-store.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import type { ConsoleRow } from '../../worker/contract.ts';
import { remarksOf } from '../../worker/fatal-problem.ts';
import type { LogLine } from '../../protocol/call.ts';
import { openPlace } from './code-places.ts';
import { EndName } from './EndName.tsx';
import { formatUnits } from './format-count.ts';
import type { PagedSource } from './paged-cache.ts';
import { makeStub } from './make-stub.ts';
import { Loaded, PanelFrame } from './PanelFrame.tsx';
import { PlaceLink } from './PlaceLink.tsx';
import { usePagedRows } from './use-paged-rows.ts';
import { useStartAt } from './use-start-at.ts';
import { TrialConsole } from './TrialConsole.tsx';
import { formatClock } from './virtual-clock.ts';
import { ValueInline } from './ValueCode.tsx';
import { VirtualTable } from './VirtualTable.tsx';
import styles from './cells.module.css';

const COLUMNS = [
  { id: 'time', label: 'Time', width: '122px' },
  // All that is left is shared out: beside the code the panel is narrow, and the text is what one reads.
  { id: 'address', label: 'Function', width: 'minmax(124px, 3fr)' },
  { id: 'level', label: 'Level', width: '40px' },
  { id: 'text', label: 'Text', width: 'minmax(200px, 16fr)' },
  { id: 'place', label: 'Line', width: 'minmax(120px, 1fr)', align: 'end' },
] as const;

export function ConsolePanel() {
  const run = useRun((state) => state.status?.run ?? null);
  const source = useTrials((state) => state.consoleSource);
  return run === null || source === 'trials' ? (
    <PanelFrame name="Console" tools={run === null ? undefined : <SourceChoice />}>
      <TrialConsole />
    </PanelFrame>
  ) : (
    <ConsoleOfRun key={run} />
  );
}

const SOURCES = [
  { id: 'run', label: 'Run' },
  { id: 'trials', label: 'Trials' },
] as const;

/** Lines of the run, or what trials and observed calls printed: never in one list, since only the first were part of the run. */
function SourceChoice() {
  const source = useTrials((state) => state.consoleSource);
  const printed = useTrials((state) => state.printed.length);
  return (
    <>
      <SegmentedControl
        size="small"
        label="Lines of"
        items={SOURCES}
        value={source}
        onChange={(id) => useTrials.getState().showConsole(id)}
      />
      {source === 'trials' && printed > 0 ? (
        <>
          <span className={styles.space} />
          <Button size="small" onPress={() => useTrials.getState().clearPrinted()}>
            Clear
          </Button>
        </>
      ) : null}
    </>
  );
}

function ConsoleOfRun() {
  const [source] = useState((): PagedSource<ConsoleRow> => ({
    kind: 'append',
    fetch: (from, count) => workerClient().ask('read-console', { from, count }),
  }));
  const [follow, setFollow] = useState(true);
  const [selected, setSelected] = useState<number | null>(null);
  const selectEvent = useRun((state) => state.selectEvent);
  const startAt = useStartAt();
  const cache = usePagedRows(source);
  const total = cache.total();
  return (
    <PanelFrame
      name="Console"
      tools={
        <>
          <SourceChoice />
          <span className={styles.faint}>{total === null ? '' : formatUnits(total, 'line')}</span>
          <span className={styles.space} />
          <Button size="small" icon={<LocateFixed />} aria-pressed={follow} onPress={() => setFollow(!follow)}>
            Follow
          </Button>
        </>
      }
    >
      <Rejections />
      <Loaded total={total} error={cache.error()} empty="No function has logged anything yet. console.log in a function writes here.">
        <VirtualTable
          label="Log lines"
          columns={COLUMNS}
          cache={cache}
          follow={follow}
          onFollowChange={setFollow}
          selectedIndex={selected}
          onSelect={(index, row) => {
            setSelected(index);
            if (row !== undefined) {
              selectEvent(row.seq);
            }
          }}
          onOpen={(row) => {
            if (row.line.place !== null) {
              openPlace(row.line.place);
            }
          }}
          rowTone={({ line }) => (line.level === 'error' ? 'error' : line.level === 'warn' ? 'warn' : 'plain')}
          cells={(row) => [
            <span className={styles.time} key="time">
              {formatClock(row.at, startAt)}
            </span>,
            <EndName key="address" end={{ kind: 'function', name: row.address.typename, id: row.address.id }} />,
            <Level key="level" level={row.line.level} />,
            <span title={row.line.text} key="text">
              <StubChoice line={row.line} id={row.address.id} />
              <ValueInline text={row.line.text.replace(/\s*\n\s*/g, ' ⏎ ')} />
            </span>,
            <span key="place" className={styles.place}>
              {row.line.place === null ? null : <PlaceLink place={row.line.place} />}
              <IconButton
                size="small"
                label={`Try the call that logged this at ${row.address.id}`}
                icon={<FlaskConical />}
                onPress={() => useBench.getState().open(row.address.typename, row.seq)}
              />
            </span>,
          ]}
        />
      </Loaded>
    </PanelFrame>
  );
}

/** Before the text, where it takes room from nothing but its own row. */
function StubChoice({ line: { unanswered }, id }: { readonly line: LogLine; readonly id: string }) {
  return unanswered === undefined ? null : (
    <span className={styles.before}>
      <Button variant="link" size="small" onPress={() => makeStub({ ...unanswered, id })}>
        Make a stub
      </Button>
    </span>
  );
}

/** Found while calls ran, and no part of their order: they stand above the lines. */
function Rejections() {
  const report = useRun((state) => state.status?.report ?? null);
  const left = report === null ? [] : remarksOf(report).filter(({ code }) => code === 'unhandled-rejection');
  return left.length === 0 ? null : (
    <ul className={styles.rejections} aria-label="Rejected promises that nothing handled">
      {left.map(({ path, place, message }) => (
        <li key={`${path}:${place?.line}:${message}`}>
          <Level level="error" />
          <span className={styles.rejection} title={message}>
            {message}
          </span>
          {place === null ? <span className={styles.faint}>{path}</span> : <PlaceLink place={place} />}
        </li>
      ))}
    </ul>
  );
}

function Level({ level }: { readonly level: ConsoleRow['line']['level'] }) {
  if (level === 'error' || level === 'warn') {
    return <Badge tone={level}>{level}</Badge>;
  }
  return <span className={styles.faint}>{level}</span>;
}
