/** Builds what the page draws from the engine's counters. One object a projection; never a message a message. */
import type { EdgeId, RunId, VirtualTime } from '../base/ids.ts';
import { functionNode, messageEdge, routerNode } from '../model/graph-ids.ts';
import type { Engine } from '../runtime/engine-api.ts';
import type { MessageSent, TraceEvent } from '../runtime/trace-event.ts';
import type { RunProjection } from './contract.ts';

/** Dots on the canvas: more than this in one frame are a blur anyway. */
const RECENT_LIMIT = 200;

export class ProjectionBuilder {
  readonly #run: RunId;
  #recent: { readonly edge: EdgeId; readonly message: number; readonly at: VirtualTime }[] = [];

  constructor(run: RunId) {
    this.#run = run;
  }

  /** At speed `max` no dots are drawn, so none are collected. */
  add(events: readonly TraceEvent[], fast: boolean): void {
    if (fast) {
      return;
    }
    for (const event of events) {
      if (event.type === 'message-sent' && this.#recent.length < RECENT_LIMIT) {
        this.#recent.push({ edge: edgeOf(event), message: event.message, at: event.at });
      }
    }
  }

  /** Copies of the engine's counters: they must not move on while their commit is under way. */
  build(engine: Engine, clock: VirtualTime): RunProjection {
    const metrics = engine.metrics();
    return {
      run: this.#run,
      now: clock,
      events: metrics.events,
      messages: metrics.messages,
      callsInFlight: metrics.callsInFlight,
      timers: metrics.timers,
      nextTimer: metrics.nextTimer,
      logLines: 0,
      checkpoint: metrics.checkpoint,
      jobAttempt: metrics.jobAttempt,
      heldSubtasks: metrics.heldSubtasks,
      traceLength: 0,
      nodes: new Map(metrics.nodes),
      edges: new Map(metrics.edges),
      recent: [],
    };
  }

  takeRecent(): RunProjection['recent'] {
    const recent = this.#recent;
    this.#recent = [];
    return recent;
  }
}

function edgeOf(event: MessageSent): EdgeId {
  const to = functionNode(event.to.typename);
  const from = event.from;
  return from.type === 'ingress'
    ? messageEdge(routerNode(from.ingress, from.topic), to)
    : messageEdge(functionNode(from.address.typename), to, event.timer !== null);
}
