/** The simulated topics: what waits to be read, what was written, and what a consumer sees of it. */
import { Check, EyeOff, Hourglass, LocateFixed, Send } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { workerClient } from '../../state/client.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useProjectionSample, useRun } from '../../state/run-store.ts';
import { Button } from '../../ui/Button.tsx';
import type { TopicRecord } from '../../runtime/engine-api.ts';
import type { Requests, RunProjection } from '../../worker/contract.ts';
import { formatUnits } from './format-count.ts';
import type { PagedSource } from './paged-cache.ts';
import { Loaded, PanelFrame } from './PanelFrame.tsx';
import { PanelOfRun } from './PanelOfRun.tsx';
import { SendRecordDialog } from './SendRecordDialog.tsx';
import { TopicList } from './TopicList.tsx';
import type { TopicSummary } from './TopicList.tsx';
import { useAnswer } from './use-answer.ts';
import { usePagedRows } from './use-paged-rows.ts';
import { useStartAt } from './use-start-at.ts';
import { formatClock } from './virtual-clock.ts';
import { ValueInline } from './ValueCode.tsx';
import { valueText } from './value-text.ts';
import { VirtualTable } from './VirtualTable.tsx';
import styles from './TopicsPanel.module.css';
import cells from './cells.module.css';

const eventsHandled = (projection: RunProjection | null) => projection?.events ?? 0;

export function TopicsPanel() {
  return (
    <PanelOfRun name="Topics" empty="The records of the simulated topics appear here during a run.">
      <TopicsOfRun />
    </PanelOfRun>
  );
}

function TopicsOfRun() {
  const events = useProjectionSample(eventsHandled);
  const phase = useRun((run) => run.status?.phase);
  const { value: topics, error } = useAnswer('read-topics', {}, 'topics', `${events}:${phase}`);
  const [chosen, setChosen] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const topic = topics?.find((candidate) => candidate.topic === chosen) ?? firstTopic(topics);
  return (
    <PanelFrame name="Topics">
      <Loaded total={topics?.length ?? null} error={error} empty="The module has no topics: add an ingress with a router, or an egress.">
        <div className={styles.columns}>
          <TopicList topics={topics ?? []} selected={topic?.topic ?? null} onSelect={setChosen} />
          {topic === undefined ? null : <RecordsOfTopic key={topic.topic} topic={topic} onSend={() => setSending(true)} />}
        </div>
      </Loaded>
      <SendRecordDialog isOpen={sending} onClose={() => setSending(false)} topic={topic?.role === 'ingress' ? topic.topic : null} />
    </PanelFrame>
  );
}

/** What came out is what one looks for first. */
function firstTopic(topics: Requests['read-topics']['out'] | null): TopicSummary | undefined {
  return topics?.find((topic) => topic.role === 'egress' && topic.records > 0) ?? topics?.[0];
}

function RecordsOfTopic({ topic, onSend }: { readonly topic: TopicSummary; readonly onSend: () => void }) {
  const name = topic.topic;
  // Whether a record is read or committed changes after it was written.
  const source = useMemo(
    (): PagedSource<TopicRecord> => ({
      kind: 'volatile',
      fetch: (from, count) => workerClient().ask('read-records', { topic: name, from, count }),
    }),
    [name],
  );
  const cache = usePagedRows(source);
  const startAt = useStartAt();
  const [follow, setFollow] = useState(true);
  const [selected, setSelected] = useState<number | null>(null);
  const exactlyOnce = useExactlyOnce() && topic.role === 'egress';
  const total = cache.total();
  const columns = useMemo(() => columnsOf(topic.role, topic.partitions), [topic.role, topic.partitions]);
  return (
    <div className={styles.records}>
      <div className={styles.tools}>
        <h3 className={styles.title}>{name}</h3>
        <span className={cells.faint}>
          {formatUnits(topic.partitions, 'partition')}, {formatUnits(topic.records, 'record')}
          {topic.role === 'egress' && topic.committed < topic.records
            ? `, ${formatUnits(topic.records - topic.committed, 'record')} hidden from read_committed until a checkpoint`
            : ''}
        </span>
        <span className={cells.space} />
        <Button size="small" icon={<LocateFixed />} aria-pressed={follow} onPress={() => setFollow(!follow)}>
          Follow
        </Button>
        {topic.role === 'ingress' ? (
          <Button size="small" variant="line" icon={<Send />} onPress={onSend}>
            Send record…
          </Button>
        ) : null}
      </div>
      <div className={styles.list}>
        <Loaded
          total={total}
          error={cache.error()}
          empty={
            topic.role === 'ingress'
              ? 'No record yet. A generator or Send record… puts one in.'
              : 'Nothing has been written to this topic yet.'
          }
        >
          <VirtualTable
            label={`Records of ${name}`}
            columns={columns}
            cache={cache}
            follow={follow}
            onFollowChange={setFollow}
            selectedIndex={selected}
            onSelect={setSelected}
            cells={(record) => recordCells(record, topic.role, exactlyOnce, startAt)}
          />
        </Loaded>
      </div>
    </div>
  );
}

/** Beside the code the table is narrow: all of its columns stand in 560 pixels, and the only partition goes first. */
function columnsOf(role: TopicSummary['role'], partitions: number) {
  return [
    { id: 'partition', label: 'Partition', width: partitions === 1 ? 'var(--spare-column, 56px)' : '56px', align: 'end' },
    { id: 'offset', label: 'Offset', width: 'minmax(44px, 56px)', align: 'end' },
    { id: 'time', label: 'Time', width: '130px' },
    { id: 'key', label: 'Key', width: 'minmax(72px, 0.35fr)' },
    { id: 'value', label: 'Value', width: 'minmax(80px, 1.4fr)' },
    {
      id: 'state',
      label: role === 'ingress' ? 'Read' : 'read_committed',
      width: role === 'ingress' ? 'minmax(64px, 88px)' : 'minmax(112px, 148px)',
    },
  ] as const;
}

function recordCells(record: TopicRecord, role: TopicSummary['role'], exactlyOnce: boolean, startAt: number) {
  const value = record.value === null ? null : valueText(record.typename, record.value).text;
  const headers = record.headers.map((header) => `${header.name}: ${header.value}`).join('\n');
  return [
    record.partition,
    record.offset,
    <span className={cells.time} key="time">
      {formatClock(record.at, startAt)}
    </span>,
    record.key === null ? (
      <span className={cells.faint} key="key">
        no key
      </span>
    ) : (
      <span className={cells.mono} title={record.key} key="key">
        {record.key === '' ? '""' : record.key}
      </span>
    ),
    value === null ? (
      <span className={cells.faint} key="value">
        null, a tombstone
      </span>
    ) : (
      <span title={headers === '' ? value : `${value}\n\n${headers}`} key="value">
        <ValueInline text={value} />
      </span>
    ),
    <Visibility key="state" done={record.done} role={role} exactlyOnce={exactlyOnce} />,
  ];
}

function Visibility({
  done,
  role,
  exactlyOnce,
}: {
  readonly done: boolean;
  readonly role: TopicSummary['role'];
  readonly exactlyOnce: boolean;
}) {
  if (role === 'ingress') {
    return done ? <Word icon={<Check />} tone="ok" text="read" /> : <Word icon={<Hourglass />} tone="faint" text="unread" />;
  }
  if (!done) {
    return <Word icon={<EyeOff />} tone="warn" text="hidden, not committed" />;
  }
  return <Word icon={<Check />} tone="ok" text={exactlyOnce ? 'read, committed' : 'read'} />;
}

function Word({ icon, tone, text }: { readonly icon: ReactNode; readonly tone: 'ok' | 'warn' | 'faint'; readonly text: string }) {
  return (
    <span className={`${cells.word} ${cells[tone]}`}>
      {icon}
      {text}
    </span>
  );
}

function useExactlyOnce(): boolean {
  return useDocument((document) =>
    document.graph.nodes.some((node) => node.type === 'egress' && node.definition?.delivery === 'exactly-once'),
  );
}
