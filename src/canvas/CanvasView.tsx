/** The module as a graph: to look at, to edit, and to watch a run in. */
import '@xyflow/react/dist/base.css';
import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider, useReactFlow, useStore } from '@xyflow/react';
import type { NodeChange } from '@xyflow/react';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { DragEvent } from 'react';
import type { EdgeId, NodeId } from '../base/ids.ts';
import { nodeId } from '../base/ids.ts';
import { ingressNode } from '../model/graph-ids.ts';
import type { Graph } from '../model/graph.ts';
import { registerCanvasActs } from '../state/canvas-acts.ts';
import { useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { useRun } from '../state/run-store.ts';
import { addItem, openCode } from './acts.ts';
import { ADD_DRAG_TYPE, addItemOf, dropPlace, itemRects } from './add-items.ts';
import { CanvasMiniMap } from './CanvasMiniMap.tsx';
import { setCanvasWindow } from './canvas-window.ts';
import styles from './CanvasView.module.css';
import { ConnectLine } from './connect/ConnectLine.tsx';
import { useConnectGesture } from './connect/use-connect-gesture.ts';
import { EdgeLayer } from './EdgeLayer.tsx';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import { GRID } from './geometry/rect.ts';
import { Legend } from './Legend.tsx';
import { edgesOfWay } from './message-way.ts';
import { NodeMenu } from './NodeMenu.tsx';
import type { MenuPlace } from './NodeMenu.tsx';
import { NoticeLine } from './NoticeLine.tsx';
import { CanvasActs } from './nodes/canvas-acts.ts';
import { FrameNode } from './nodes/FrameNode.tsx';
import { ItemNode } from './nodes/ItemNode.tsx';
import type { CanvasNode } from './nodes/node-data.ts';
import { NoteView } from './nodes/NoteView.tsx';
import { UnreadableModule } from './UnreadableModule.tsx';
import { cameraTime, useFit, useReveal } from './use-camera.ts';
import { useCanvasKeys } from './use-canvas-keys.ts';
import { useCanvasScene } from './use-canvas-scene.ts';
import { useFlowNodes } from './use-flow-nodes.ts';
import type { Direction } from './walk.ts';
import { FIT, ZoomTools } from './ZoomTools.tsx';

/** Comes with the first run: the canvas shows without it. */
const RunLayer = lazy(async () => ({ default: (await import('./run-layer/RunLayer.tsx')).RunLayer }));

const NODE_TYPES = { item: ItemNode, frame: FrameNode, note: NoteView };
const NO_EDGES: never[] = [];
const STEP: Readonly<Record<Direction, readonly [number, number]>> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

export function CanvasView() {
  return (
    <ReactFlowProvider>
      <Canvas />
    </ReactFlowProvider>
  );
}

function Canvas() {
  const scene = useCanvasScene();
  const { graph, layout, edges, routes, onMoved, place, setObserved } = scene;
  const selection = useView((state) => state.selection);
  const problems = useDocument((state) => state.problems);
  const isCurrent = useDocument((state) => state.moduleCurrent);
  const isReadOnly = useDocument((state) => state.save === 'read-only');
  const project = useDocument((state) => state.id);
  const running = useRun((state) => state.status !== null && !state.status.recordOnly);
  const [edge, setEdge] = useState<EdgeId | null>(null);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const [hasMap, setMap] = useState(true);
  const root = useRef<HTMLDivElement>(null);
  const { fitView, screenToFlowPosition } = useReactFlow();
  const zoom = useStore((state) => (state.transform[2] < 0.35 ? 'far' : state.transform[2] < 0.6 ? 'middle' : 'near'));
  const nodes = useFlowNodes({ graph, layout, problems, selection, running });
  const connecting = useConnectGesture();
  const acts = useMemo(() => ({ startConnecting: isReadOnly ? null : connecting }), [isReadOnly, connecting]);

  const isFitted = useFit(project, scene.isPending, graph.nodes.length === 0);
  useReveal(layout);
  useCanvasWindow(root, graph, layout);

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      onMoved(changes);
      const before = useView.getState().selection;
      const after = new Set(before);
      for (const change of changes) {
        if (change.type === 'select') {
          after[change.selected ? 'add' : 'delete'](nodeId(change.id));
        }
      }
      if (after.size !== before.length || before.some((id) => !after.has(id))) {
        useView.getState().select([...after]);
      }
    },
    [onMoved],
  );
  const nudge = useCallback(
    (moved: readonly NodeId[], direction: Direction, isFar: boolean) => {
      const [x, y] = STEP[direction];
      const by = GRID * (isFar ? 10 : 2);
      const places = withChildren(graph, moved).flatMap((id) => {
        const rect = layout.get(id);
        return rect === undefined ? [] : [[id, { x: rect.x + x * by, y: rect.y + y * by }] as const];
      });
      place(new Map(places), 'Move', `nudge ${moved.join(' ')}`);
    },
    [graph, layout, place],
  );
  const tidy = useCallback(async () => {
    const { autoLayout } = await import('./auto-layout/auto-layout.ts');
    const places = await autoLayout(useDocument.getState().graph);
    if (places !== null) {
      place(places, 'Auto layout');
      requestAnimationFrame(() => void fitView({ ...FIT, duration: cameraTime() }));
    }
  }, [fitView, place]);
  useEffect(() => registerCanvasActs({ autoLayout: () => void tidy() }), [tidy]);
  const openNode = useCallback((id: NodeId) => {
    if (id.startsWith('function:')) {
      openCode(id);
    }
  }, []);
  const openMenu = useCallback((node: NodeId) => {
    const element = document.querySelector(`.react-flow__node[data-id="${CSS.escape(node)}"]`)?.getBoundingClientRect();
    if (element !== undefined) {
      useView.getState().select([node]);
      setMenu({ node, x: element.left + 12, y: element.bottom });
    }
  }, []);
  const keys = useMemo(
    () => ({ graph, layout, selectedEdge: edge, nudge, tidy: () => void tidy(), openMenu, clearEdge: () => setEdge(null) }),
    [graph, layout, edge, nudge, tidy, openMenu],
  );
  const onKeyDown = useCanvasKeys(keys);
  const onDrop = (event: DragEvent) => {
    const item = addItemOf(event.dataTransfer.getData(ADD_DRAG_TYPE));
    if (item !== null) {
      event.preventDefault();
      addItem(item, dropPlace(item, screenToFlowPosition({ x: event.clientX, y: event.clientY }), graph, layout));
    }
  };
  const frames = useMemo(
    () => graph.nodes.flatMap((node) => (node.type === 'endpoint' ? (layout.get(node.id) ?? []) : [])),
    [graph, layout],
  );
  const lit = useMemo(() => litBy(graph, selection), [graph, selection]);
  const way = useRun((state) => state.selectedWay);
  const litEdges = useMemo(() => edgesOfWay(graph, edges, way), [graph, edges, way]);
  const onSelectEdge = useCallback((id: EdgeId) => {
    useView.getState().select([]);
    setEdge(id);
  }, []);
  const onOpenEdge = useCallback((id: EdgeId) => openEdge(useDocument.getState().graph, id), []);

  return (
    <CanvasActs value={acts}>
      <div
        ref={root}
        className={styles.canvas}
        data-zoom={zoom}
        data-letters="true"
        data-stale={!isCurrent}
        data-pending={scene.isPending || !isFitted}
        role="presentation"
        onKeyDown={onKeyDown}
        onDragOver={(event) => {
          if (event.dataTransfer.types.includes(ADD_DRAG_TYPE)) {
            event.preventDefault();
            event.dataTransfer.dropEffect = 'copy';
          }
        }}
        onDrop={onDrop}
      >
        <ReactFlow<CanvasNode>
          nodes={nodes}
          edges={NO_EDGES}
          nodeTypes={NODE_TYPES}
          onNodesChange={onNodesChange}
          onNodeClick={() => setEdge(null)}
          onNodeDoubleClick={(_, node) => openNode(nodeId(node.id))}
          onNodeContextMenu={(event, node) => {
            event.preventDefault();
            useView.getState().select([nodeId(node.id)]);
            setMenu({ node: nodeId(node.id), x: event.clientX, y: event.clientY });
          }}
          onPaneClick={() => setEdge(null)}
          nodesDraggable={!isReadOnly}
          nodesConnectable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
          selectionKeyCode="Shift"
          panOnScroll
          zoomOnDoubleClick={false}
          minZoom={0.15}
          maxZoom={2}
          nodeDragThreshold={2}
          elevateNodesOnSelect={false}
          proOptions={{ hideAttribution: true }}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.6} color="var(--grid-dot)" bgColor="var(--bg-canvas)" />
          <EdgeLayer
            edges={edges}
            routes={routes}
            frames={frames}
            selected={edge}
            lit={lit}
            litEdges={litEdges}
            running={running}
            onSelect={onSelectEdge}
            onOpen={onOpenEdge}
          />
          {running ? (
            <Suspense fallback={null}>
              <RunLayer graph={graph} edges={edges} routes={routes} onObserved={setObserved} />
            </Suspense>
          ) : null}
          <ConnectLine />
          {hasMap && graph.nodes.length > 0 ? <CanvasMiniMap /> : null}
        </ReactFlow>
        {graph.nodes.length === 0 ? <EmptyCanvas /> : <Legend running={running} edges={edges} />}
        <ZoomTools hasMap={hasMap} onToggleMap={() => setMap(!hasMap)} />
        <UnreadableModule />
        <NoticeLine />
        {menu === null ? null : <NodeMenu place={menu} graph={graph} onClose={() => setMenu(null)} />}
      </div>
    </CanvasActs>
  );
}

/** Lets the panels beside the canvas know what it shows. */
function useCanvasWindow(
  root: { readonly current: HTMLElement | null },
  graph: Graph,
  layout: ReturnType<typeof useCanvasScene>['layout'],
): void {
  const { screenToFlowPosition } = useReactFlow();
  useEffect(() => {
    setCanvasWindow({
      centre() {
        const box = root.current?.getBoundingClientRect();
        return screenToFlowPosition({ x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 });
      },
      rects: () => itemRects(graph, layout),
      rectOf: (node) => layout.get(node) ?? null,
    });
    return () => setCanvasWindow(null);
  }, [root, graph, layout, screenToFlowPosition]);
}

function withChildren(graph: Graph, ids: readonly NodeId[]): readonly NodeId[] {
  const moved = new Set(ids);
  return graph.nodes.filter((node) => moved.has(node.id) || (node.parent !== null && moved.has(node.parent))).map((node) => node.id);
}

/** Items whose edges belong to the selection: themselves, and the routers of an ingress. */
function litBy(graph: Graph, selection: readonly NodeId[]): ReadonlySet<NodeId> {
  const selected = new Set(selection);
  const lit = graph.nodes.filter(
    (node) => selected.has(node.id) || (node.type === 'router' && node.ingress !== null && selected.has(ingressNode(node.ingress))),
  );
  return new Set(lit.map((node) => node.id));
}

/** An edge that was read from the code leads there. */
function openEdge(graph: Graph, id: EdgeId): void {
  const edge = graph.edges.find((candidate) => candidate.id === id);
  const source = graph.nodes.find((node) => node.id === edge?.from);
  if (edge === undefined || source?.type !== 'function' || source.code === null) {
    return;
  }
  const { path, sends, fetches } = source.code;
  const target = edge.to.slice(edge.to.indexOf(':') + 1);
  const send = sends.find((candidate) => candidate.to === target && candidate.delayed === (edge.origin === 'delayed'));
  useView.getState().openFile(path, edge.origin === 'external' ? fetches[0]?.range : send?.range);
}
