/** Branded strings and numbers: the one place where they are made. */

declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** `namespace/name` of a function, an ingress, an egress, or a value type. */
export type Typename = Branded<string, 'Typename'>;
/** Path of a file inside a project: relative, `/` between parts, no leading slash. */
export type FilePath = Branded<string, 'FilePath'>;
/** Milliseconds since 1970-01-01 UTC on the simulated clock. */
export type VirtualTime = Branded<number, 'VirtualTime'>;
/** One node of the graph, e.g. `function:fraud/model`. Made in model/graph-ids.ts. */
export type NodeId = Branded<string, 'NodeId'>;
/** One edge of the graph, `<node>><node>` with a suffix by kind. Made in model/graph-ids.ts. */
export type EdgeId = Branded<string, 'EdgeId'>;
export type ProjectId = Branded<string, 'ProjectId'>;
export type RunId = Branded<string, 'RunId'>;

export function typename(text: string): Typename {
  return text as Typename;
}
export function filePath(text: string): FilePath {
  return text as FilePath;
}
export function virtualTime(ms: number): VirtualTime {
  return ms as VirtualTime;
}
export function nodeId(text: string): NodeId {
  return text as NodeId;
}
export function edgeId(text: string): EdgeId {
  return text as EdgeId;
}
export function projectId(text: string): ProjectId {
  return text as ProjectId;
}
export function runId(text: string): RunId {
  return text as RunId;
}
