/**
 * What the loader has in its hands after a module.yaml was loaded, defaults filled in: the `components` of a verdict. The shape is part of
 * `check --json` (docs/verdict.md), and the same that test/engine/java takes out of the real loader. Names of properties are sorted; routes too, by topic.
 */
import type { JsonValue } from '../../base/json.ts';

/** Whole milliseconds; anything finer, or beyond 2^53, as a text such as `500 ns`. */
export type LoadedDuration = number | string;

export type LoadedComponent = LoadedEndpoint | LoadedIngress | LoadedEgress | LoadedCustom;

export interface LoadedEndpoint {
  readonly type: 'endpoint';
  /** `namespace/name` or `namespace/*`. */
  readonly functions: string;
  readonly urlPathTemplate: string;
  /** 0 or less means no limit. */
  readonly maxNumBatchRequests: number;
  /** Typename of the transport. */
  readonly transport: string;
  /** What the transport reads of its options at the first call; null where the module does not start or the call fails. */
  readonly options: LoadedAsync | LoadedOkhttp | null;
}

export interface LoadedOkhttp {
  readonly call: LoadedDuration;
  readonly connect: LoadedDuration;
  readonly read: LoadedDuration;
  readonly write: LoadedDuration;
}

export interface LoadedAsync {
  readonly call: LoadedDuration;
  readonly connect: LoadedDuration;
  readonly pool_ttl: LoadedDuration;
  readonly pool_size: number;
  readonly payload_max_bytes: number;
  readonly trust_cacerts: string | null;
  readonly client_cert: string | null;
  readonly client_key: string | null;
  readonly client_key_password: string | null;
}

export interface LoadedRoute {
  /** Kafka topic or Kinesis stream. */
  readonly topic: string;
  readonly valueType: string;
  readonly targets: readonly string[];
}

export type LoadedPosition =
  | { readonly type: 'latest' | 'earliest' | 'group-offsets' }
  /** `topic/partition` to offset; offsets as text, since they may need more than 53 bits. */
  | { readonly type: 'specific-offsets'; readonly offsets: { readonly [partition: string]: string } }
  /** Milliseconds since 1970-01-01 UTC. */
  | { readonly type: 'date'; readonly at: number };

export type LoadedProperties = { readonly [name: string]: string };

export type LoadedRegion =
  | { readonly type: 'default' }
  | { readonly type: 'specific'; readonly id: string }
  | { readonly type: 'custom-endpoint'; readonly endpoint: string; readonly id: string };

export type LoadedCredentials =
  | { readonly type: 'default' }
  | { readonly type: 'basic'; readonly accessKeyId: string; readonly secretAccessKey: string }
  | { readonly type: 'profile'; readonly profileName: string; readonly profilePath: string | null };

export interface LoadedAws {
  readonly awsRegion: LoadedRegion;
  readonly awsCredentials: LoadedCredentials;
}

export type LoadedIngress =
  | {
      readonly type: 'ingress';
      readonly id: string;
      readonly connector: 'kafka';
      /** With what address, consumerGroupId and autoOffsetResetPosition make of them. */
      readonly properties: LoadedProperties;
      readonly startupPosition: LoadedPosition;
      readonly routes: readonly LoadedRoute[];
    }
  | ({
      readonly type: 'ingress';
      readonly id: string;
      readonly connector: 'kinesis';
      readonly properties: LoadedProperties;
      readonly startupPosition: LoadedPosition;
      readonly routes: readonly LoadedRoute[];
    } & LoadedAws);

export type LoadedEgress =
  | {
      readonly type: 'egress';
      readonly id: string;
      readonly connector: 'kafka';
      readonly address: string;
      readonly properties: LoadedProperties;
      readonly delivery: 'at-least-once' | 'exactly-once' | 'none';
      readonly transactionTimeout: LoadedDuration | null;
    }
  | ({
      readonly type: 'egress';
      readonly id: string;
      readonly connector: 'kinesis';
      readonly properties: LoadedProperties;
      readonly maxOutstandingRecords: number;
    } & LoadedAws);

/** A kind that an extension brings: what it makes of its spec is unknown. */
export interface LoadedCustom {
  readonly type: 'custom';
  readonly kind: string;
  readonly spec: JsonValue;
}
