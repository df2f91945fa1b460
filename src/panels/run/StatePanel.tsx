/** The state of each address of a function type, as the engine holds it now. */
import { Activity, Inbox } from 'lucide-react';
import { useMemo, useState } from 'react';
import { typename } from '../../base/ids.ts';
import { workerClient } from '../../state/client.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useRun } from '../../state/run-store.ts';
import { useView } from '../../state/document-store.ts';
import { functionOf } from '../../model/graph-ids.ts';
import type { AddressView } from '../../runtime/engine-api.ts';
import { AddressState } from './AddressState.tsx';
import { FilterSelect, FilterText } from './FilterControls.tsx';
import { formatCount, formatUnits } from './format-count.ts';
import type { PagedSource } from './paged-cache.ts';
import { EmptyPanel, Loaded, PanelFrame } from './PanelFrame.tsx';
import { PanelOfRun } from './PanelOfRun.tsx';
import { usePagedRows } from './use-paged-rows.ts';
import { VirtualTable } from './VirtualTable.tsx';
import cells from './cells.module.css';
import styles from './StatePanel.module.css';

const COLUMNS = [
  { id: 'id', label: 'Id', width: 'minmax(96px, 1fr)' },
  { id: 'states', label: 'Values', width: '48px', align: 'end' },
  { id: 'waiting', label: 'Waiting', width: '56px', align: 'end' },
  { id: 'call', label: 'Call', width: '72px' },
] as const;

export function StatePanel() {
  return (
    <PanelOfRun name="State" empty="The state of each address appears here during a run, decoded.">
      <StateOfRun />
    </PanelOfRun>
  );
}

function StateOfRun() {
  const types = useFunctionTypes();
  const onCanvas = useView((view) => view.selection.map(functionOf).find((type) => type !== null) ?? null);
  // What is selected on the canvas is what one wants to see; a choice made here holds until the selection moves.
  const [choice, setChoice] = useState<{ readonly type: string; readonly during: string | null } | null>(null);
  const chosen = choice !== null && choice.during === onCanvas ? choice.type : (onCanvas ?? types[0] ?? null);
  return chosen === null ? (
    <EmptyPanel name="State" empty="The module has no function yet." />
  ) : (
    <StateOfType key={chosen} type={chosen} types={types} onType={(type) => setChoice({ type, during: onCanvas })} />
  );
}

interface StateOfTypeProps {
  readonly type: string;
  readonly types: readonly string[];
  readonly onType: (type: string) => void;
}

function StateOfType({ type, types, onType }: StateOfTypeProps) {
  const [search, setSearch] = useState('');
  const source = useMemo(
    (): PagedSource<AddressView> => ({
      kind: 'volatile',
      fetch: (from, count) =>
        workerClient().ask('read-addresses', { typename: typename(type), search: search === '' ? null : search, from, count }),
    }),
    [type, search],
  );
  const cache = usePagedRows(source);
  const [selected, setSelected] = useState<{ readonly index: number; readonly id: string } | null>(null);
  const total = cache.total();
  const index = selected === null ? 0 : selected.index;
  const row = cache.row(index);
  const shown = selected === null || row?.address.id === selected.id ? row : undefined;
  return (
    <PanelFrame
      name="State"
      tools={
        <>
          <FilterSelect
            label="Function type"
            all={null}
            groups={[{ label: 'Functions', options: types.map((id) => ({ id, label: id })) }]}
            value={type}
            onChange={onType}
          />
          <FilterText
            label="Search ids"
            width="wide"
            value={search}
            onChange={(text) => {
              setSearch(text);
              setSelected(null);
            }}
          />
          <span className={cells.faint}>{total === null ? '' : formatUnits(total, 'address', 'addresses')}</span>
        </>
      }
    >
      <Loaded
        total={total}
        error={cache.error()}
        empty={search === '' ? 'No address of this function has had a message yet.' : `No id contains “${search}”.`}
      >
        <div className={styles.columns}>
          <div className={styles.addresses}>
            <VirtualTable
              label={`Addresses of ${type}`}
              columns={COLUMNS}
              cache={cache}
              selectedIndex={index}
              onSelect={(next, address) => {
                if (address !== undefined) {
                  setSelected({ index: next, id: address.address.id });
                }
              }}
              cells={addressCells}
            />
          </div>
          {shown === undefined ? null : <AddressState view={shown} />}
        </div>
      </Loaded>
    </PanelFrame>
  );
}

function addressCells(view: AddressView) {
  return [
    <span className={cells.mono} title={view.address.id} key="id">
      {view.address.id === '' ? '""' : view.address.id}
    </span>,
    view.states.length === 0 ? (
      <span className={cells.faint} key="states">
        0
      </span>
    ) : (
      view.states.length
    ),
    view.waiting === 0 ? (
      <span className={cells.faint} key="waiting">
        0
      </span>
    ) : (
      <span className={cells.word} key="waiting">
        <Inbox aria-hidden="true" />
        {formatCount(view.waiting)}
      </span>
    ),
    view.inFlight ? (
      <span className={cells.word} key="call">
        <Activity aria-hidden="true" />
        in flight
      </span>
    ) : (
      ''
    ),
  ];
}

/** Functions of the graph, and those that only the run knows. */
function useFunctionTypes(): readonly string[] {
  const graph = useDocument((document) => document.graph);
  const report = useRun((run) => run.status?.report ?? null);
  return useMemo(() => {
    const drawn = graph.nodes.flatMap((node) => (node.type === 'function' ? [String(node.typename)] : []));
    return [...new Set([...drawn, ...(report?.functions ?? []).map((bound) => String(bound.typename))])];
  }, [graph, report]);
}
