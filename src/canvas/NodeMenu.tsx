/** What can be done with one item: by right click, or by Shift+F10 where the keyboard is. Every drag has its entry here. */
import { Code, Copy, PanelRight, Spline, Trash2, Unlink } from 'lucide-react';
import { useRef, useState } from 'react';
import { Popover } from 'react-aria-components';
import type { EdgeId, NodeId } from '../base/ids.ts';
import { edgeId, nodeId } from '../base/ids.ts';
import type { Graph } from '../model/graph.ts';
import { MenuList } from '../ui/Menu.tsx';
import type { MenuEntry } from '../ui/Menu.tsx';
import menuStyles from '../ui/Menu.module.css';
import { connectNodes, deleteSelected, duplicate, openCode } from './acts.ts';
import { validTargets } from './connect/connect-store.ts';
import { focusNode } from './focus-node.ts';
import styles from './NodeMenu.module.css';
import { fullName, kindWords } from './nodes/node-words.ts';
import { focusInspector } from './use-canvas-keys.ts';

export interface MenuPlace {
  readonly node: NodeId;
  readonly x: number;
  readonly y: number;
}

type Page = 'item' | 'connect' | 'disconnect';

export function NodeMenu({ place, graph, onClose }: { readonly place: MenuPlace; readonly graph: Graph; readonly onClose: () => void }) {
  const anchor = useRef<HTMLSpanElement>(null);
  const [page, setPage] = useState<Page>('item');
  const node = graph.nodes.find((candidate) => candidate.id === place.node);
  const close = () => {
    onClose();
    // The menu has the focus until it is gone.
    requestAnimationFrame(() => focusNode(place.node));
  };
  const run = (id: string) => {
    if (id === 'connect' || id === 'disconnect') {
      setPage(id);
      return;
    }
    onClose();
    if (page === 'connect') {
      connectNodes(place.node, nodeId(id));
    } else if (page === 'disconnect') {
      deleteSelected([], [edgeId(id)]);
    } else {
      act(id, place.node);
    }
  };
  return (
    <>
      <span ref={anchor} className={styles.anchor} style={{ left: place.x, top: place.y }} />
      {node === undefined ? null : (
        <Popover
          key={page}
          className={`${menuStyles.popover} ${styles.popover}`}
          triggerRef={anchor}
          placement="bottom start"
          offset={2}
          isOpen
          onOpenChange={(open) => (open ? undefined : close())}
        >
          <MenuList takesFocus label={PAGE_LABELS[page]} entries={entriesOf(page, place.node, graph)} onAction={run} />
        </Popover>
      )}
    </>
  );
}

const PAGE_LABELS = { item: 'Item', connect: 'Connect to', disconnect: 'Disconnect from' } as const;

function entriesOf(page: Page, node: NodeId, graph: Graph): readonly MenuEntry[] {
  switch (page) {
    case 'item':
      return itemEntries(node, graph);
    case 'connect': {
      const valid = validTargets(graph, node);
      return graph.nodes.flatMap((target) =>
        valid.has(target.id) ? [{ id: target.id, label: fullName(target), description: kindWords(target) }] : [],
      );
    }
    case 'disconnect':
      return removableEdges(node, graph).map(({ id, to }) => ({ id, label: to.slice(to.indexOf(':') + 1) }));
  }
}

function itemEntries(id: NodeId, graph: Graph): readonly MenuEntry[] {
  const node = graph.nodes.find((candidate) => candidate.id === id);
  const canConnect = validTargets(graph, id).size > 0;
  const canDisconnect = removableEdges(id, graph).length > 0;
  const entries: MenuEntry[] = [{ id: 'inspect', label: 'Inspect', icon: <PanelRight />, keys: 'Enter' }];
  if (node?.type === 'function') {
    entries.push({ id: 'code', label: node.code === null ? 'Write it' : 'Open code', icon: <Code /> });
  }
  if (canConnect) {
    entries.push({ id: 'connect', label: 'Connect to…', icon: <Spline /> });
  }
  if (canDisconnect) {
    entries.push({ id: 'disconnect', label: 'Disconnect from…', icon: <Unlink /> });
  }
  return [
    ...entries,
    { separator: 'edit' },
    { id: 'duplicate', label: 'Duplicate', icon: <Copy />, keys: 'Ctrl+D', isDisabled: node?.type === 'external' },
    { id: 'delete', label: 'Delete', icon: <Trash2 />, keys: 'Del', danger: true },
  ];
}

/** Edges out of an item that are not lines of code. */
function removableEdges(node: NodeId, graph: Graph): readonly { readonly id: EdgeId; readonly to: NodeId }[] {
  return graph.edges.filter((edge) => edge.from === node && (edge.origin === 'routed' || edge.origin === 'forward'));
}

function act(id: string, node: NodeId): void {
  switch (id) {
    case 'inspect':
      focusInspector();
      return;
    case 'code':
      openCode(node, true);
      return;
    case 'duplicate':
      duplicate([node]);
      return;
    case 'delete':
      deleteSelected([node]);
  }
}
