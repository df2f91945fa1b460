/**
 * studio.json: what the Studio keeps beside the module and production never reads. The types; decoding with defaults,
 * and the minimal text edits, are in `studio-file-codec.ts`.
 */
import type { NodeId, Typename } from '../base/ids.ts';
import type { Feed } from './feed.ts';
import type { SimulationSettings } from './simulation-settings.ts';

export interface Position {
  readonly x: number;
  readonly y: number;
}

export interface Note {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** What a node without code does in a run: records what arrives, optionally forwards it as it is. */
export interface StandIn {
  readonly typename: Typename;
  readonly forwardTo:
    | { readonly type: 'function'; readonly typename: Typename }
    | { readonly type: 'egress'; readonly id: Typename; readonly topic: string }
    | null;
}

/** An item that module.yaml cannot hold yet: a function nobody routes to and without code, a router without an ingress. */
export type Draft =
  | { readonly type: 'function'; readonly typename: Typename }
  | {
      readonly type: 'router';
      readonly id: string;
      readonly topic: string;
      readonly valueType: string;
      readonly targets: readonly Typename[];
    };

/** Functions that a server of the user's own answers for: in a run, their calls go there over HTTP. */
export interface RemoteEndpoint {
  /** The `functions` pattern of an endpoint of module.yaml, or the typename of one function. */
  readonly functions: string;
  /** In place of the endpoint's urlPathTemplate, which most often names a host of the cluster; null: that one. */
  readonly url: string | null;
  /** Real ms that one request may take. */
  readonly timeoutMillis: number;
}

export const REMOTE_TIMEOUT_MILLIS = 30_000;

export interface StudioFile {
  readonly version: 1;
  readonly positions: Readonly<Record<NodeId, Position>>;
  readonly notes: readonly Note[];
  readonly drafts: readonly Draft[];
  readonly standIns: readonly StandIn[];
  readonly settings: SimulationSettings;
  readonly feeds: readonly Feed[];
  readonly remotes: readonly RemoteEndpoint[];
}
