/** Every event of the run, the newest at the end. Filters narrow it in the worker; a click shows the event's message. */
import { ArrowRight, LocateFixed } from 'lucide-react';
import { useMemo, useState } from 'react';
import { workerClient } from '../../state/client.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useAskedMessages } from '../../state/message-filter.ts';
import { useRun } from '../../state/run-store.ts';
import { Button } from '../../ui/Button.tsx';
import type { TraceFilter, TraceRow } from '../../worker/contract.ts';
import type { EventDescription } from './describe-event.ts';
import { EVENT_LABELS, describeEvent, eventSentence } from './describe-event.ts';
import { EndName, shortName } from './EndName.tsx';
import { FilterSelect, FilterText } from './FilterControls.tsx';
import type { FilterOptionGroup } from './FilterControls.tsx';
import { formatCount } from './format-count.ts';
import type { PagedSource } from './paged-cache.ts';
import { Loaded, PanelFrame } from './PanelFrame.tsx';
import { PanelOfRun } from './PanelOfRun.tsx';
import { EVENT_GROUPS, eventOf } from './trace-row.ts';
import { usePagedRows } from './use-paged-rows.ts';
import { useStartAt } from './use-start-at.ts';
import { formatClock } from './virtual-clock.ts';
import { VirtualTable } from './VirtualTable.tsx';
import styles from './MessagesPanel.module.css';

const COLUMNS = [
  { id: 'time', label: 'Time', width: '124px' },
  { id: 'event', label: 'Event', width: 'clamp(80px, 9%, 92px)' },
  { id: 'way', label: 'From → To', width: 'clamp(200px, 44%, 440px)' },
  // The tables hide it where they are narrow: the value says most of it.
  { id: 'type', label: 'Type', width: 'var(--spare-column, minmax(64px, 0.4fr))' },
  { id: 'value', label: 'Value', width: 'minmax(104px, 1fr)' },
] as const;

const TYPE_GROUPS: readonly FilterOptionGroup[] = [
  { label: 'Groups', options: EVENT_GROUPS.map((group) => ({ id: `group:${group.id}`, label: group.label })) },
  { label: 'Single events', options: Object.entries(EVENT_LABELS).map(([id, label]) => ({ id, label })) },
];

const descriptions = new WeakMap<TraceRow, EventDescription>();

function describeRow(row: TraceRow): EventDescription {
  const known = descriptions.get(row);
  if (known !== undefined) {
    return known;
  }
  const description = describeEvent(eventOf(row));
  descriptions.set(row, description);
  return description;
}

export function MessagesPanel() {
  return (
    <PanelOfRun name="Messages" empty="Each event of a run is listed here. Press Ctrl+Enter to simulate.">
      <MessagesOfRun />
    </PanelOfRun>
  );
}

function MessagesOfRun() {
  const [events, setEvents] = useState('');
  const [name, setName] = useState('');
  const [id, setId] = useState('');
  const [text, setText] = useState('');
  const [follow, setFollow] = useState(true);
  const asked = useAskedMessages();
  const [answered, setAnswered] = useState(0);
  if (asked.ticket !== answered) {
    setAnswered(asked.ticket);
    setEvents('');
    setName(asked.name ?? '');
    setId('');
    setText('');
  }
  const names = useNames();
  const startAt = useStartAt();
  const selectedEvent = useRun((state) => state.selectedEvent);
  const selectEvent = useRun((state) => state.selectEvent);
  const [selected, setSelected] = useState<{ readonly index: number; readonly seq: number; readonly source: unknown } | null>(null);

  // An event chosen elsewhere, in a conversation for instance, must not scroll away.
  const [shownEvent, setShownEvent] = useState<number | null>(null);
  if (shownEvent !== selectedEvent) {
    setShownEvent(selectedEvent);
    setFollow(selectedEvent === null && follow);
  }

  const filtered = events !== '' || name !== '' || id !== '' || text !== '';
  const source = useMemo((): PagedSource<TraceRow> => {
    const filter: TraceFilter | null =
      events === '' && name === '' && id === '' && text === ''
        ? null
        : { types: typesOf(events), name: name === '' ? null : name, id: id === '' ? null : id, text: text === '' ? null : text };
    return { kind: 'append', fetch: (from, count) => workerClient().ask('read-trace', { filter, from, count }) };
  }, [events, name, id, text]);
  const cache = usePagedRows(source);
  const total = cache.total();
  const ours = selected !== null && selected.seq === selectedEvent && selected.source === source;
  // Without a filter the trace is listed whole: an event's place follows from its number.
  const firstSeq = filtered ? undefined : firstSeqOf(cache.row(0));
  const elsewhere = !filtered && selectedEvent !== null && firstSeq !== undefined ? selectedEvent - firstSeq : null;

  return (
    <PanelFrame
      name="Messages"
      tools={
        <>
          <FilterSelect label="Events" all="All events" groups={TYPE_GROUPS} value={events} onChange={setEvents} />
          <FilterSelect label="Function, ingress or egress" all="All functions and topics" groups={names} value={name} onChange={setName} />
          <FilterText label="Address id" value={id} onChange={setId} />
          <FilterText label="Text" value={text} onChange={setText} />
          {total === null ? null : (
            <span className={styles.count}>
              {formatCount(total)} {filtered ? 'found' : 'events'}
            </span>
          )}
          <span className={styles.space} />
          <Button size="small" icon={<LocateFixed />} aria-pressed={follow} onPress={() => setFollow(!follow)}>
            Follow
          </Button>
        </>
      }
    >
      <Loaded
        total={total}
        error={cache.error()}
        empty={filtered ? 'No event matches the filters.' : 'Nothing has happened yet. Play the run, or step once.'}
        emptyAction={
          filtered ? (
            <Button
              variant="line"
              onPress={() => {
                setEvents('');
                setName('');
                setId('');
                setText('');
              }}
            >
              Clear filters
            </Button>
          ) : undefined
        }
      >
        <VirtualTable
          label="Events"
          columns={COLUMNS}
          cache={cache}
          follow={follow}
          onFollowChange={setFollow}
          selectedIndex={ours ? selected.index : elsewhere}
          onSelect={(index, row) => {
            if (row !== undefined) {
              setSelected({ index, seq: row.seq, source });
              selectEvent(row.seq);
            }
          }}
          rowLabel={(row) => `${formatClock(row.at, startAt)}, ${eventSentence(describeRow(row))}`}
          cells={(row) => eventCells(row, startAt)}
        />
      </Loaded>
    </PanelFrame>
  );
}

function eventCells(row: TraceRow, startAt: number) {
  const { label, from, to, valueType, detail, tone } = describeRow(row);
  return [
    <span className={styles.time} key="time">
      {formatClock(row.at, startAt)}
    </span>,
    <span className={styles[tone]} key="event">
      {label}
    </span>,
    <span className={styles.way} key="way">
      {from === null ? null : <EndName end={from} />}
      {to === null ? null : (
        <>
          <ArrowRight className={styles.arrow} aria-hidden="true" />
          <EndName end={to} />
        </>
      )}
    </span>,
    <span className={styles.type} title={valueType ?? ''} key="type">
      {valueType === null ? '' : shortName(valueType)}
    </span>,
    <span className={valueType === null ? styles.words : styles.value} title={detail} key="value">
      {detail}
    </span>,
  ];
}

function typesOf(choice: string): TraceFilter['types'] {
  if (choice === '') {
    return null;
  }
  return (
    EVENT_GROUPS.find((group) => `group:${group.id}` === choice)?.types ??
    Object.values(EVENT_GROUPS)
      .flatMap((group) => group.types)
      .filter((type) => type === choice)
      .slice(0, 1)
  );
}

function firstSeqOf(row: TraceRow | undefined): number | undefined {
  return row?.seq;
}

function useNames(): readonly FilterOptionGroup[] {
  const graph = useDocument((document) => document.graph);
  return useMemo(() => {
    const functions = graph.nodes.flatMap((node) =>
      node.type === 'function' ? [{ id: String(node.typename), label: node.typename }] : [],
    );
    const of = (type: 'ingress' | 'egress') =>
      graph.nodes.flatMap((node) =>
        node.type === type ? [{ id: String(node.definition?.id ?? node.title), label: node.definition?.id ?? node.title }] : [],
      );
    return [
      { label: 'Functions', options: functions },
      { label: 'Ingresses', options: of('ingress') },
      { label: 'Egresses', options: of('egress') },
    ].filter((group) => group.options.length > 0);
  }, [graph]);
}
