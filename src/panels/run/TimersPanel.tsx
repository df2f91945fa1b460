/** Delayed messages that wait to be delivered, the next one first. */
import { Timer } from 'lucide-react';
import { useState } from 'react';
import { workerClient } from '../../state/client.ts';
import { canAdvance, runActions } from '../../state/run-controller.ts';
import { latestProjection, useRun } from '../../state/run-store.ts';
import { Button } from '../../ui/Button.tsx';
import type { TimerView } from '../../runtime/engine-api.ts';
import { EndName, shortName } from './EndName.tsx';
import { formatUnits } from './format-count.ts';
import type { PagedSource } from './paged-cache.ts';
import { Loaded, PanelFrame } from './PanelFrame.tsx';
import { PanelOfRun } from './PanelOfRun.tsx';
import { usePagedRows } from './use-paged-rows.ts';
import { useStartAt } from './use-start-at.ts';
import { formatClock, formatDuration } from './virtual-clock.ts';
import { ValueInline } from './ValueCode.tsx';
import { valueText } from './value-text.ts';
import { VirtualTable } from './VirtualTable.tsx';
import styles from './cells.module.css';

const COLUMNS = [
  { id: 'due', label: 'Due', width: '130px' },
  { id: 'in', label: 'In', width: '72px' },
  { id: 'from', label: 'From', width: 'minmax(120px, 1fr)' },
  { id: 'to', label: 'To', width: 'minmax(120px, 1fr)' },
  { id: 'token', label: 'Token', width: 'minmax(48px, 0.3fr)' },
  { id: 'type', label: 'Type', width: 'var(--spare-column, minmax(80px, 0.4fr))' },
  { id: 'value', label: 'Value', width: 'minmax(96px, 1.2fr)' },
] as const;

export function TimersPanel() {
  return (
    <PanelOfRun name="Timers" empty="Messages that functions send with sendAfter wait here during a run.">
      <TimersOfRun />
    </PanelOfRun>
  );
}

function TimersOfRun() {
  const [source] = useState((): PagedSource<TimerView> => ({
    kind: 'volatile',
    fetch: (from, count) => workerClient().ask('read-timers', { from, count }),
  }));
  const status = useRun((state) => state.status);
  const startAt = useStartAt();
  const cache = usePagedRows(source);
  const [selected, setSelected] = useState<number | null>(null);
  const total = cache.total();
  const now = latestProjection()?.now ?? startAt;
  return (
    <PanelFrame
      name="Timers"
      tools={
        <>
          <span className={styles.faint}>{total === null ? '' : `${formatUnits(total, 'delayed message')} waiting`}</span>
          <span className={styles.space} />
          <Button
            size="small"
            icon={<Timer />}
            isDisabled={!canAdvance(status) || total === null || total === 0}
            onPress={() => void runActions.toNextTimer()}
          >
            To next timer
          </Button>
        </>
      }
    >
      <Loaded total={total} error={cache.error()} empty="No delayed message is waiting. context.sendAfter in a function makes one.">
        <VirtualTable
          label="Delayed messages"
          columns={COLUMNS}
          cache={cache}
          selectedIndex={selected}
          onSelect={setSelected}
          cells={(timer) => {
            const value = valueText(timer.typename, timer.bytes).text;
            return [
              <span className={styles.time} key="due">
                {formatClock(timer.due, startAt)}
              </span>,
              <span className={styles.soft} key="in">
                {timer.due <= now ? 'due' : formatDuration(timer.due - now)}
              </span>,
              <EndName key="from" end={{ kind: 'function', name: timer.from.typename, id: timer.from.id }} />,
              <EndName key="to" end={{ kind: 'function', name: timer.to.typename, id: timer.to.id }} />,
              timer.token === null ? (
                <span className={styles.faint} key="token">
                  none
                </span>
              ) : (
                <span className={styles.mono} title={timer.token} key="token">
                  {timer.token}
                </span>
              ),
              <span className={styles.mono} title={timer.typename} key="type">
                {shortName(timer.typename)}
              </span>,
              <span className={styles.mono} title={value} key="value">
                <ValueInline text={value} />
              </span>,
            ];
          }}
        />
      </Loaded>
    </PanelFrame>
  );
}
