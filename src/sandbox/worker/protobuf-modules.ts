/**
 * google-protobuf for generated `*_pb.js` files: the same copy that the SDK uses, since messages hang on the global `proto`. The
 * messages that come with protobuf are run when a file first asks for them.
 */
import * as runtime from 'google-protobuf';

declare function require(specifier: string): object;

/** By name as `model/resolve-import.ts` gives it. */
const loaders: Readonly<Record<string, () => object>> = {
  'google-protobuf': () => runtime,
  'google-protobuf/google/protobuf/any_pb.js': () => require('google-protobuf/google/protobuf/any_pb.js'),
  'google-protobuf/google/protobuf/duration_pb.js': () => require('google-protobuf/google/protobuf/duration_pb.js'),
  'google-protobuf/google/protobuf/empty_pb.js': () => require('google-protobuf/google/protobuf/empty_pb.js'),
  'google-protobuf/google/protobuf/field_mask_pb.js': () => require('google-protobuf/google/protobuf/field_mask_pb.js'),
  'google-protobuf/google/protobuf/struct_pb.js': () => require('google-protobuf/google/protobuf/struct_pb.js'),
  'google-protobuf/google/protobuf/timestamp_pb.js': () => require('google-protobuf/google/protobuf/timestamp_pb.js'),
  'google-protobuf/google/protobuf/wrappers_pb.js': () => require('google-protobuf/google/protobuf/wrappers_pb.js'),
};

export function protobufModule(name: string): object | null {
  return Object.hasOwn(loaders, name) ? (loaders[name]?.() ?? null) : null;
}
