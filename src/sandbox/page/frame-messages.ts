/** What the page and the sandbox's iframe tell each other. */

export type ToFrame =
  | { readonly type: 'start'; readonly sandbox: number; readonly parts: readonly string[]; readonly port: MessagePort }
  | { readonly type: 'end'; readonly sandbox: number }
  | { readonly type: 'ping'; readonly ping: number };

export type FromFrame =
  | { readonly type: 'up' }
  | { readonly type: 'started'; readonly sandbox: number }
  | { readonly type: 'ended'; readonly sandbox: number }
  | { readonly type: 'failed'; readonly sandbox: number; readonly message: string }
  | { readonly type: 'pong'; readonly ping: number };
