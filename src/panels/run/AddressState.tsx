/** One address: its values with their types and when they expire, and whether something waits for it. */
import { Activity, Hourglass, Inbox } from 'lucide-react';
import type { AddressView } from '../../runtime/engine-api.ts';
import { latestProjection } from '../../state/run-store.ts';
import { Badge } from '../../ui/Badge.tsx';
import { shortName } from './EndName.tsx';
import { formatBytes, formatUnits } from './format-count.ts';
import { prettyJson } from './json-tokens.ts';
import { useStartAt } from './use-start-at.ts';
import { ValueCode } from './ValueCode.tsx';
import { valueText } from './value-text.ts';
import { formatClock, formatDuration } from './virtual-clock.ts';
import styles from './StatePanel.module.css';

export function AddressState({ view }: { readonly view: AddressView }) {
  const { address, states } = view;
  return (
    <section className={styles.state} aria-label={`State of ${address.typename} ${address.id}`}>
      <header className={styles.head}>
        <h3 className={styles.title}>{shortName(address.typename)}</h3>
        <span className={styles.mono}>{address.id}</span>
        <span className={styles.faint}>subtask {view.subtask}</span>
        <span className={styles.space} />
        {view.waiting === 0 ? null : <Badge icon={<Inbox />}>{formatUnits(view.waiting, 'message')} waiting</Badge>}
        {view.inFlight ? <Badge icon={<Activity />}>call in flight</Badge> : null}
      </header>
      {states.length === 0 ? (
        <p className={styles.none}>No value is stored for this address.</p>
      ) : (
        states.map((state) => <StateValue key={state.name} state={state} />)
      )}
    </section>
  );
}

function StateValue({ state }: { readonly state: AddressView['states'][number] }) {
  const startAt = useStartAt();
  const { text } = valueText(state.typename, state.bytes);
  const now = latestProjection()?.now ?? startAt;
  return (
    <div className={styles.value}>
      <div className={styles.valueHead}>
        <span className={styles.name}>{state.name}</span>
        <span className={styles.type}>{state.typename}</span>
        <span className={styles.space} />
        {state.expiresAt === null ? null : (
          <span className={styles.expiry} title={`Last touched ${formatClock(state.touchedAt, startAt)}`}>
            <Hourglass aria-hidden="true" />
            {/* S52, S53: an expired value stays stored until a request would attach it. */}
            {state.expiresAt <= now
              ? 'expired'
              : `expires ${formatClock(state.expiresAt, startAt)}, in ${formatDuration(state.expiresAt - now)}`}
          </span>
        )}
        <span className={styles.faint}>{formatBytes(state.bytes.length)}</span>
      </div>
      <ValueCode text={prettyJson(text)} label={`Value of ${state.name}`} />
    </div>
  );
}
