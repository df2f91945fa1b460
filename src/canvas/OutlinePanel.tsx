/** The canvas's equal for the keyboard and for assistive technology: the same items, problems and actions, as a tree. */
import { ChevronRight, CircleX, ListFilter, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { Button, Collection, Tree, TreeItem, TreeItemContent } from 'react-aria-components';
import type { Selection } from 'react-aria-components';
import type { NodeId } from '../base/ids.ts';
import { nodeId } from '../base/ids.ts';
import { useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { KindIcon } from '../ui/KindChip.tsx';
import { deleteSelected, duplicate, openCode } from './acts.ts';
import { countProblems } from './nodes/node-words.ts';
import styles from './OutlinePanel.module.css';
import { outlineTree } from './outline-tree.ts';
import type { OutlineGroup, OutlineItem } from './outline-tree.ts';
import { revealNodes } from './reveal-nodes.ts';
import { focusInspector } from './use-canvas-keys.ts';

export function OutlinePanel() {
  const graph = useDocument((state) => state.graph);
  const problems = useDocument((state) => state.problems);
  const selection = useView((state) => state.selection);
  const [filter, setFilter] = useState('');
  const [isFiltering, setFiltering] = useState(false);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set(['outside', 'notes']));
  const groups = useMemo(() => outlineTree(graph, countProblems(problems), filter), [graph, problems, filter]);
  const expanded = useMemo(() => new Set(keysOf(groups).filter((key) => filter !== '' || !closed.has(key))), [groups, closed, filter]);
  const selectedKeys = useMemo(() => new Set<string>(selection), [selection]);
  const onSelect = (keys: Selection) => {
    const chosen = (keys === 'all' ? keysOf(groups) : [...keys].map(String)).filter((key) => key.includes(':')).map(nodeId);
    useView.getState().select(chosen);
    revealNodes(chosen);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isDuplicate = event.key === 'd' && (event.ctrlKey || event.metaKey);
    if (
      event.target instanceof Element &&
      event.target.closest('input') === null &&
      (event.key === 'Delete' || isDuplicate) &&
      selection.length > 0
    ) {
      event.preventDefault();
      (isDuplicate ? duplicate : deleteSelected)(selection);
    }
  };
  return (
    <div className={styles.panel} role="presentation" onKeyDown={onKeyDown}>
      <div className={styles.head}>
        {isFiltering ? (
          <input
            className={styles.filter}
            aria-label="Filter the outline"
            placeholder="Filter"
            value={filter}
            ref={(input) => input?.focus()}
            onChange={(event) => setFilter(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') {
                event.stopPropagation();
                setFilter('');
                setFiltering(false);
              }
            }}
          />
        ) : (
          <h2>Outline</h2>
        )}
        <IconButton
          size="small"
          label="Filter"
          pressed={isFiltering}
          icon={<ListFilter />}
          onPress={() => {
            setFilter('');
            setFiltering(!isFiltering);
          }}
        />
      </div>
      <Tree
        aria-label="Items of the module"
        className={styles.tree ?? ''}
        selectionMode="multiple"
        selectionBehavior="replace"
        selectedKeys={selectedKeys}
        onSelectionChange={onSelect}
        disabledBehavior="selection"
        disabledKeys={groups.map((group) => group.id)}
        expandedKeys={expanded}
        onExpandedChange={(keys) => setClosed(new Set(keysOf(groups).filter((key) => !keys.has(key))))}
        onAction={(key) => openItem(nodeId(String(key)))}
        renderEmptyState={() => (
          <p className={styles.empty}>{filter === '' ? 'What is on the canvas is listed here.' : 'Nothing has this in its name.'}</p>
        )}
      >
        {groups.map((group) => (
          <TreeItem key={group.id} id={group.id} textValue={`${group.title}, ${group.items.length}`} className={styles.row ?? ''}>
            <Row
              title={<span className={styles.group}>{group.title}</span>}
              end={<span className={styles.count}>{group.items.length}</span>}
              canOpen
            />
            <Collection items={group.items}>{(item) => <OutlineRow item={item} />}</Collection>
          </TreeItem>
        ))}
      </Tree>
    </div>
  );
}

function OutlineRow({ item }: { readonly item: OutlineItem }) {
  return (
    <TreeItem id={item.id} textValue={item.name} className={styles.row ?? ''}>
      <Row
        icon={<KindIcon kind={item.kind} />}
        title={item.text}
        end={<ProblemIcon {...item.problems} />}
        canOpen={item.children.length > 0}
      />
      <Collection items={item.children}>{(child) => <OutlineRow item={child} />}</Collection>
    </TreeItem>
  );
}

function Row({
  icon,
  title,
  end,
  canOpen,
}: {
  readonly icon?: ReactNode;
  readonly title: ReactNode;
  readonly end: ReactNode;
  readonly canOpen: boolean;
}) {
  return (
    <TreeItemContent>
      <span className={styles.content}>
        {canOpen ? (
          <Button slot="chevron" className={styles.chevron ?? ''}>
            <ChevronRight aria-hidden="true" />
          </Button>
        ) : (
          <span className={styles.noChevron} />
        )}
        {icon}
        <span className={styles.text}>{title}</span>
        <span className={styles.end}>{end}</span>
      </span>
    </TreeItemContent>
  );
}

function ProblemIcon({ errors, warnings }: { readonly errors: number; readonly warnings: number }) {
  if (errors > 0) {
    return <CircleX className={styles.error} aria-label={errors === 1 ? '1 problem' : `${errors} problems`} />;
  }
  return warnings > 0 ? (
    <TriangleAlert className={styles.warning} aria-label={warnings === 1 ? '1 warning' : `${warnings} warnings`} />
  ) : null;
}

/** Enter and double click: a function's code, any other item's inspector. */
function openItem(id: NodeId): void {
  if (id.startsWith('function:')) {
    openCode(id);
  } else if (id.includes(':')) {
    useView.getState().select([id]);
    focusInspector();
  }
}

function keysOf(groups: readonly OutlineGroup[]): readonly string[] {
  const ofItem = (item: OutlineItem): readonly string[] => [item.id, ...item.children.flatMap(ofItem)];
  return groups.flatMap((group) => [group.id, ...group.items.flatMap(ofItem)]);
}
