/** What the command line ends with; documented in docs/cli.md. */
export const EXIT = {
  ok: 0,
  /** The thing asked says no: the loader rejects, an expectation failed, the run failed. */
  no: 1,
  usage: 2,
  /** A file or folder cannot be read or written, or is not what the command needs. */
  input: 3,
  /** Ended by Ctrl+C, as a shell has it (128 + SIGINT). */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
