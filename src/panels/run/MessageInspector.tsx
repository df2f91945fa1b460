/** All about the selected event's message: where it came from, what it held, what its call did, what followed. */
import { ArrowLeft, ArrowRight, Code, FlaskConical } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { functionNode, ingressNode } from '../../model/graph-ids.ts';
import { useBench } from '../../state/bench-store.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useProjectionSample, useRun } from '../../state/run-store.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import type { MessageDetail, RunProjection } from '../../worker/contract.ts';
import { openFunction, openPlace } from './code-places.ts';
import { ConversationList } from './ConversationList.tsx';
import { formatCount } from './format-count.ts';
import { endOf, MessageFacts } from './MessageFacts.tsx';
import { CallSections, PayloadSection } from './MessageSections.tsx';
import { LoadingLine } from './PanelFrame.tsx';
import { useAnswer } from './use-answer.ts';
import { useStartAt } from './use-start-at.ts';
import styles from './MessageInspector.module.css';

const eventsHandled = (projection: RunProjection | null) => projection?.events ?? 0;

export function MessageInspector() {
  const selected = useRun((run) => run.selectedEvent);
  const run = useRun((state) => state.status?.run ?? null);
  return (
    <aside className={styles.inspector} aria-label="Message">
      {run === null || selected === null ? (
        <EmptyState>Select an event under Messages to see its payload, its call and its conversation.</EmptyState>
      ) : (
        <MessageOfEvent key={run} seq={selected} />
      )}
    </aside>
  );
}

/** Lets the canvas mark where the message went. */
function useWay(detail: MessageDetail | null): void {
  const showWay = useRun((run) => run.showWay);
  const from = detail === null || detail.from === '' ? null : endOf(detail.from);
  const fromNode = from?.kind === 'ingress' ? ingressNode(from.name) : from?.kind === 'function' ? functionNode(from.name) : null;
  const toNode = detail === null || detail.to === null ? null : functionNode(detail.to.typename);
  useEffect(() => {
    showWay(fromNode === null || toNode === null ? null : { from: fromNode, to: toNode });
    return () => showWay(null);
  }, [fromNode, toNode, showWay]);
}

function MessageOfEvent({ seq }: { readonly seq: number }) {
  const startAt = useStartAt();
  const selectEvent = useRun((run) => run.selectEvent);
  const events = useProjectionSample(eventsHandled);
  const { value: detail, error, subject } = useMessage(seq, events);
  useWay(detail);
  const hops = detail?.conversation;
  const here = hops?.findIndex((hop) => hop.relation === 'self') ?? -1;
  const before = here > 0 ? hops?.[here - 1]?.seq : undefined;
  const after = here >= 0 ? hops?.[here + 1]?.seq : undefined;
  useBracketKeys(before, after, selectEvent);
  if (detail === null) {
    return error === null ? <LoadingLine /> : <Failed message={error} />;
  }
  const shown = subject === String(seq);
  return (
    <>
      <header className={styles.head}>
        <h2 className={styles.title}>{titleOf(detail, seq)}</h2>
        <Badge tone="accent">selected</Badge>
        <span className={styles.space} />
        <IconButton
          size="small"
          label="Previous in conversation"
          keys="["
          icon={<ArrowLeft />}
          isDisabled={before === undefined}
          onPress={() => before !== undefined && selectEvent(before)}
        />
        <IconButton
          size="small"
          label="Next in conversation"
          keys="]"
          icon={<ArrowRight />}
          isDisabled={after === undefined}
          onPress={() => after !== undefined && selectEvent(after)}
        />
      </header>
      <div className={styles.body} aria-busy={!shown}>
        {error === null ? null : <Failed message={error} />}
        <MessageFacts detail={detail} startAt={startAt} />
        <PayloadSection detail={detail} />
        <CallSections detail={detail} startAt={startAt} />
        <ConversationList hops={detail.conversation} selected={seq} startAt={startAt} onSelect={selectEvent} />
      </div>
      <footer className={styles.foot}>
        <TryCall detail={detail} seq={seq} />
        <JumpToCode detail={detail} />
      </footer>
    </>
  );
}

/** The detail, asked again as the run goes on until the message has its answer and its consequences. */
function useMessage(seq: number, events: number) {
  const [settled, setSettled] = useState<number | null>(null);
  const answer = useAnswer('read-message', { seq }, String(seq), settled === seq ? 'settled' : String(events));
  const done = answer.value !== null && answer.subject === String(seq) && isSettled(answer.value);
  if (done && settled !== seq) {
    setSettled(seq);
  }
  return answer;
}

function isSettled(detail: MessageDetail): boolean {
  return detail.completedAt !== null && detail.conversation.at(-1)?.relation !== 'self';
}

function useBracketKeys(before: number | undefined, after: number | undefined, select: (seq: number) => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) {
        return;
      }
      const target = event.key === '[' ? before : event.key === ']' ? after : undefined;
      if (target !== undefined) {
        event.preventDefault();
        select(target);
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [before, after, select]);
}

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, [role="textbox"], [role="dialog"]') !== null)
  );
}

/** Opens the call in the bench, to be looked at, changed and run again. */
function TryCall({ detail, seq }: { readonly detail: MessageDetail; readonly seq: number }) {
  const { to, call } = detail;
  const known = useDocument((document) => to !== null && document.facts.functions.some((fact) => fact.typename === to.typename));
  return to === null || call === null || !known ? null : (
    <Button variant="line" icon={<FlaskConical />} className={styles.jump} onPress={() => useBench.getState().open(to.typename, seq)}>
      Try this call
    </Button>
  );
}

function JumpToCode({ detail }: { readonly detail: MessageDetail }) {
  const place = useMemo(() => detail.error?.stack[0] ?? detail.logs.find((line) => line.place !== null)?.place ?? null, [detail]);
  const to = detail.to;
  return (
    <Button
      variant="line"
      icon={<Code />}
      className={styles.jump}
      isDisabled={place === null && to === null}
      onPress={() => {
        if (place !== null && detail.error !== null) {
          openPlace(place);
        } else if (to === null || !openFunction(to.typename)) {
          if (place !== null) {
            openPlace(place);
          }
        }
      }}
    >
      Jump to code
    </Button>
  );
}

function Failed({ message }: { readonly message: string }) {
  return (
    <div className={styles.note}>
      <ErrorNote live>{message}</ErrorNote>
    </div>
  );
}

function titleOf(detail: MessageDetail, seq: number): string {
  if (detail.message !== null) {
    return `Message ${formatCount(detail.message)}`;
  }
  return detail.call === null ? `Event ${formatCount(seq)}` : `Call ${formatCount(detail.call)}`;
}
