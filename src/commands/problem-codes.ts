/** Why a command refuses. */
export type CommandProblemCode =
  | 'module-unreadable'
  | 'studio-unreadable'
  | 'scenario-unreadable'
  | 'no-such-item'
  | 'bad-name'
  | 'bad-remote-url'
  | 'name-taken'
  | 'cannot-connect'
  | 'several-routers'
  | 'no-place-for-code'
  | 'edge-from-code'
  | 'shared-file'
  | 'imported-file'
  | 'name-in-code'
  | 'has-code'
  | 'not-allowed';
