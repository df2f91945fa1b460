/** The official SDK's declarations, as they come in its package, and the few globals that they lean on. */

import { BUFFER_GLOBALS } from './buffer-types.ts';
import { PROVIDED_MODULES, WEB_GLOBALS } from './sandbox-types.ts';
import { withTypedBuilders } from './typed-builders.ts';

const declarations: Record<string, string> = import.meta.glob('../../node_modules/apache-flink-statefun/dist/*.d.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The SDK's declarations name a global `proto` that they do not declare, and Node's Buffer. */
const PROTO = `
declare namespace proto.io.statefun.sdk.reqreply {
  interface TypedValue {
    getTypename(): string;
    getHasValue(): boolean;
    getValue_asU8(): Uint8Array;
  }
}
`;

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export interface ExtraLib {
  readonly path: string;
  readonly content: string;
}

export const SDK_LIBS: readonly ExtraLib[] = [
  ...Object.entries(declarations).map(([path, content]) => ({
    path: `file:///node_modules/apache-flink-statefun/dist/${fileName(path)}`,
    // The reference would load Node's types; the globals below stand in for them.
    content: withTypedBuilders(fileName(path), content.replace('/// <reference types="node" />', '')),
  })),
  { path: 'file:///node_modules/apache-flink-statefun/index.d.ts', content: "export * from './dist/public_api';" },
  { path: 'file:///studio/sdk-globals.d.ts', content: PROTO + BUFFER_GLOBALS },
  { path: 'file:///studio/sandbox-globals.d.ts', content: WEB_GLOBALS },
  { path: 'file:///studio/provided-modules.d.ts', content: PROVIDED_MODULES },
];
