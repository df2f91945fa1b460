/**
 * The run on the canvas, drawn from the projection and never through React Flow's items: so what a frame costs follows
 * what is on the screen, not how many messages there are.
 *
 * L1 a frame is drawn only while something moves or a projection has come; numbers are written ten times a second.
 * L2 items and labels keep their size: only texts and marks inside them change.
 */
import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { EdgeId } from '../../base/ids.ts';
import type { Graph } from '../../model/graph.ts';
import { latestProjection, onProjection, useRun } from '../../state/run-store.ts';
import type { RunProjection } from '../../worker/contract.ts';
import type { DrawnEdge } from '../edge-routing/graph-routes.ts';
import type { Routes } from '../edge-routing/edge-routing.ts';
import { DOT_LIMIT, DotField, newMessages, travelTime } from './dot-field.ts';
import { drawMessages } from './draw-messages.ts';
import { RateMeter } from './rate-meter.ts';
import { runElements } from './run-elements.ts';
import styles from './RunLayer.module.css';
import { observedEdges, writeNumbers } from './write-numbers.ts';

/** Numbers that change faster than this, in real milliseconds, nobody can read; the page would only be laid out for them. */
const NUMBERS_EVERY = 100;

export interface RunScene {
  readonly graph: Graph;
  readonly edges: readonly DrawnEdge[];
  readonly routes: Routes;
}

export interface RunLayerProps extends RunScene {
  /** Edges that only the run shows; told when they change, which is rare. */
  readonly onObserved: (edges: readonly EdgeId[]) => void;
}

export function RunLayer({ graph, edges, routes, onObserved }: RunLayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scene = useRef<RunScene>({ graph, edges, routes });
  const wake = useRef(() => {});
  const store = useStoreApi();
  useEffect(() => {
    scene.current = { graph, edges, routes };
    wake.current();
  }, [graph, edges, routes]);
  useEffect(() => {
    const context = canvas.current?.getContext('2d') ?? null;
    if (context === null) {
      return undefined;
    }
    const layer = runLayer(
      context,
      () => scene.current,
      () => store.getState().transform,
      onObserved,
    );
    wake.current = layer.wake;
    return layer.stop;
  }, [store, onObserved]);
  return <canvas ref={canvas} className={styles.layer} aria-hidden="true" />;
}

/** Starts the layer. `wake` has it look at the page once more, when items came or went. */
function runLayer(
  context: CanvasRenderingContext2D,
  scene: () => RunScene,
  transform: () => readonly [number, number, number],
  onObserved: (edges: readonly EdgeId[]) => void,
): { readonly wake: () => void; readonly stop: () => void } {
  const { canvas } = context;
  const meter = new RateMeter();
  const dots = new DotField();
  const reduced = matchMedia('(prefers-reduced-motion: reduce)');
  let counts: ReadonlyMap<EdgeId, number> | null = null;
  let run: RunProjection['run'] | null = null;
  let observed = '';
  let isFresh = false;
  let isDrawn = false;
  let written = -Infinity;
  let frame = 0;

  const reset = () => {
    meter.reset();
    dots.clear();
    counts = null;
  };
  const take = (projection: RunProjection, now: number) => {
    if (projection.run !== run) {
      reset();
      run = projection.run;
    }
    meter.add({ virtual: projection.now, real: now, counts: projection.edges });
    const speed = useRun.getState().status?.speed ?? 1;
    if (speed !== 'max') {
      for (const [edge, more] of newMessages(projection.edges, counts)) {
        if (meter.perRealSecond(edge, now) <= DOT_LIMIT) {
          dots.add(edge, more, now, travelTime(speed));
        }
      }
    }
    counts = projection.edges;
    const known = new Set(scene().graph.edges.map((edge) => edge.id));
    const extra = observedEdges(projection, known);
    if (extra.join('\n') !== observed) {
      observed = extra.join('\n');
      onObserved(extra);
    }
  };
  const draw = (now: number) => {
    frame = 0;
    const projection = latestProjection();
    const isDue = isFresh && now - written >= NUMBERS_EVERY;
    if (projection !== null && (isDue || runElements.takeChanged())) {
      runElements.takeChanged();
      writeNumbers({ projection, graph: scene().graph, edges: scene().edges, meter });
      written = now;
      isFresh = false;
    }
    const dashed = useRun.getState().status?.speed === 'max' ? [] : busyEdges(scene().edges, meter, now);
    const moving = dots.at(now);
    if (moving.length > 0 || dashed.length > 0 || isDrawn) {
      const style = getComputedStyle(canvas);
      drawMessages(context, {
        routes: scene().routes,
        dots: moving,
        dashed,
        now,
        transform: transform(),
        ink: style.color,
        ground: style.outlineColor,
        still: reduced.matches,
      });
      isDrawn = moving.length > 0 || dashed.length > 0;
    }
    if (!dots.isEmpty || isDrawn || (isFresh && projection !== null)) {
      request();
    }
  };
  const request = () => {
    frame = frame === 0 ? requestAnimationFrame(draw) : frame;
  };

  const size = new ResizeObserver(() => {
    const ratio = window.devicePixelRatio;
    canvas.width = Math.round(canvas.clientWidth * ratio);
    canvas.height = Math.round(canvas.clientHeight * ratio);
    isDrawn = true;
    request();
  });
  size.observe(canvas);
  const stop = onProjection((projection) => {
    if (projection === null) {
      reset();
      isDrawn = true;
      observed = '';
      onObserved([]);
    } else {
      take(projection, performance.now());
    }
    isFresh = true;
    request();
  });
  const present = latestProjection();
  if (present !== null) {
    take(present, performance.now());
    isFresh = true;
    request();
  }
  return {
    wake: request,
    stop() {
      stop();
      runElements.markEdges(false);
      size.disconnect();
      cancelAnimationFrame(frame);
    },
  };
}

function busyEdges(edges: readonly DrawnEdge[], meter: RateMeter, now: number): readonly EdgeId[] {
  return edges.filter((edge) => meter.perRealSecond(edge.id, now) > DOT_LIMIT).map((edge) => edge.id);
}
