/** What the functions logged, the newest at the end. A click shows the call that logged; the place opens the line. */
import { LocateFixed } from 'lucide-react';
import { useState } from 'react';
import { workerClient } from '../../state/client.ts';
import { useRun } from '../../state/run-store.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import type { ConsoleRow } from '../../worker/contract.ts';
import { openPlace } from './code-places.ts';
import { EndName } from './EndName.tsx';
import { formatUnits } from './format-count.ts';
import type { PagedSource } from './paged-cache.ts';
import { Loaded, PanelFrame } from './PanelFrame.tsx';
import { PlaceLink } from './PlaceLink.tsx';
import { usePagedRows } from './use-paged-rows.ts';
import { useStartAt } from './use-start-at.ts';
import { formatClock } from './virtual-clock.ts';
import { ValueInline } from './ValueCode.tsx';
import { VirtualTable } from './VirtualTable.tsx';
import styles from './cells.module.css';

const COLUMNS = [
  { id: 'time', label: 'Time', width: '128px' },
  { id: 'address', label: 'Function', width: 'minmax(140px, 220px)' },
  { id: 'level', label: 'Level', width: '56px' },
  { id: 'text', label: 'Text', width: 'minmax(200px, 1fr)' },
  { id: 'place', label: 'Line', width: '160px', align: 'end' },
] as const;

export function ConsolePanel() {
  const run = useRun((state) => state.status?.run ?? null);
  return run === null ? (
    <PanelFrame name="Console">
      <Loaded total={0} error={null} empty="What functions write with console.log appears here during a run.">
        {null}
      </Loaded>
    </PanelFrame>
  ) : (
    <ConsoleOfRun key={run} />
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
          <span className={styles.faint}>{total === null ? '' : formatUnits(total, 'line')}</span>
          <span className={styles.space} />
          <Button size="small" icon={<LocateFixed />} aria-pressed={follow} onPress={() => setFollow(!follow)}>
            Follow
          </Button>
        </>
      }
    >
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
              <ValueInline text={row.line.text.replace(/\s*\n\s*/g, ' ⏎ ')} />
            </span>,
            row.line.place === null ? '' : <PlaceLink key="place" place={row.line.place} />,
          ]}
        />
      </Loaded>
    </PanelFrame>
  );
}

function Level({ level }: { readonly level: ConsoleRow['line']['level'] }) {
  if (level === 'error' || level === 'warn') {
    return <Badge tone={level}>{level}</Badge>;
  }
  return <span className={styles.faint}>{level}</span>;
}
