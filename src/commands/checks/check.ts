/** A rule over the whole project: what its files say about each other. One rule a file; `run-checks.ts` lists them. */
import type { CommandContext } from '../../model/command.ts';
import type { Problem } from '../../model/problem.ts';

export type CheckCode =
  | 'unserved-function'
  | 'function-without-code'
  | 'unbound-egress'
  | 'feed-without-ingress'
  | 'feed-file-missing'
  | 'stand-in-target-missing'
  | 'short-expiration'
  | 'state-gone-at-timer'
  | 'unused-endpoint'
  | 'remote-not-served'
  | 'remote-url'
  | 'send-not-accepted'
  | 'route-not-accepted'
  | 'caller-of-ingress';

export type Check = (context: CommandContext) => readonly Problem<CheckCode>[];
