/** An item of the graph: chip and name, and a second line of facts or of the run's numbers, always of the same height. */
import type { NodeProps } from '@xyflow/react';
import { Activity, Check, Database, Gauge, Inbox, Lock } from 'lucide-react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import type { GraphNode } from '../../model/graph.ts';
import { KIND_ICONS, KindChip } from '../../ui/KindChip.tsx';
import { useConnect } from '../connect/connect-store.ts';
import { runElements } from '../run-layer/run-elements.ts';
import { shortType } from '../geometry/node-size.ts';
import styles from './ItemNode.module.css';
import { factsOf } from './node-words.ts';
import type { CanvasNode } from './node-data.ts';
import { Ports } from './Ports.tsx';

export const ItemNode = memo(function ItemNode({ data, selected }: NodeProps<CanvasNode>) {
  const { item, problems, running } = data;
  const connecting = useConnect((state) =>
    state.from === null ? null : state.from === item.id ? 'source' : state.valid.has(item.id) ? 'valid' : 'invalid',
  );
  const isOver = useConnect((state) => state.over === item.id);
  const RouterIcon = KIND_ICONS.router;
  return (
    <div
      ref={runElements.nodeRef(item.id, running)}
      className={`${styles.item} ${styles[item.type] ?? ''}`}
      data-selected={selected}
      data-bad={problems.errors > 0}
      data-connecting={connecting ?? undefined}
      data-over={isOver}
    >
      <div className={styles.title}>
        {item.type === 'router' ? <RouterIcon className={styles.routerIcon} aria-hidden="true" /> : <KindChip kind={item.type} />}
        <span className={styles.name} title={item.title}>
          {item.title}
        </span>
      </div>
      <div className={styles.facts}>{running ? <RunFacts item={item} /> : <span className={styles.words}>{factsOf(item)}</span>}</div>
      {problems.errors > 0 ? (
        <span className={styles.badge}>{problems.errors === 1 ? '1 problem' : `${problems.errors} problems`}</span>
      ) : running ? (
        <span className={styles.held}>
          <Gauge aria-hidden="true" />
          {item.type === 'ingress' ? 'Held' : 'Back-pressure'}
        </span>
      ) : null}
      {running && item.type === 'function' ? (
        <span className={styles.bar}>
          <i data-run="bar" />
        </span>
      ) : null}
      <Ports item={item} />
    </div>
  );
});

function RunFacts({ item }: { readonly item: GraphNode }): ReactNode {
  switch (item.type) {
    case 'ingress':
      return (
        <span title="Records not yet read">
          <Inbox aria-hidden="true" />
          lag <b data-run="queued">0</b>
        </span>
      );
    case 'router':
      return (
        <span className={styles.words}>
          {shortType(item.valueType)}
          <b data-run="rate" />
        </span>
      );
    case 'function':
      return (
        <>
          <span title="Requests in flight">
            <Activity aria-hidden="true" />
            <b data-run="inFlight">0</b>
          </span>
          <span title="Messages queued" className={styles.queued}>
            <Inbox aria-hidden="true" />
            <b data-run="queued">0</b>
          </span>
          <span title="Instances: addresses seen" className={styles.instances}>
            <Database aria-hidden="true" />
            <b data-run="instances">0</b>
          </span>
        </>
      );
    case 'egress':
      return (
        <>
          <span title="Written, not yet committed">
            <Lock aria-hidden="true" />
            <b data-run="waiting">0</b> open
          </span>
          <span title="Committed">
            <Check aria-hidden="true" />
            <b data-run="instances">0</b>
          </span>
        </>
      );
    case 'endpoint':
    case 'custom':
    case 'external':
    case 'note':
      return <span className={styles.words}>{factsOf(item)}</span>;
  }
}
