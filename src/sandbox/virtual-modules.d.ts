declare module 'virtual:sandbox-worker-text' {
  /** The sandbox worker's script: harness, SDK and Buffer in one (build/sandbox-plugin.ts). */
  export const sandboxWorkerText: string;
}
