/** The messages of the function `languages/sink`, which each language's server has. */

export const SINK_STATES = [
  'bool_value',
  'int_value',
  'long_value',
  'float_value',
  'double_value',
  'string_value',
  'after_write',
  'after_call',
  'note',
] as const;
export type SinkState = (typeof SINK_STATES)[number];

/** JSON, of type `languages.types/order`. */
export type SinkOrder =
  /** Deletes a state. */
  | { readonly do: 'forget'; readonly state: SinkState }
  /** Writes the text to the states `after_write`, `after_call` and, as a field, `note`. */
  | { readonly do: 'keep'; readonly text: string }
  | { readonly do: 'tell'; readonly typename: string; readonly id: string; readonly text: string }
  /** Sends the text to itself. */
  | { readonly do: 'later'; readonly millis: number; readonly token: string | null; readonly text: string }
  | { readonly do: 'cancel'; readonly token: string }
  | { readonly do: 'record'; readonly topic: string; readonly key: string | null; readonly text: string }
  | {
      readonly do: 'stream';
      readonly stream: string;
      readonly partitionKey: string;
      readonly hashKey: string | null;
      readonly text: string;
    }
  /** To an egress of neither Kafka nor Kinesis. */
  | { readonly do: 'plain'; readonly text: string }
  | { readonly do: 'fail'; readonly text: string };
