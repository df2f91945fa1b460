import type { CommandContext } from '../../model/command.ts';
import type { Problem } from '../../model/problem.ts';
import type { Check, CheckCode } from './check.ts';
import { callerOfIngress } from './caller-of-ingress.ts';
import { feedFileMissing } from './feed-file-missing.ts';
import { feedWithoutIngress } from './feed-without-ingress.ts';
import { functionWithoutCode } from './function-without-code.ts';
import { remoteEndpoints } from './remote-endpoints.ts';
import { routeNotAccepted } from './route-not-accepted.ts';
import { sendNotAccepted } from './send-not-accepted.ts';
import { shortExpiration } from './short-expiration.ts';
import { stateGoneAtTimer } from './state-gone-at-timer.ts';
import { standInTargetMissing } from './stand-in-target-missing.ts';
import { unboundEgress } from './unbound-egress.ts';
import { unservedFunction } from './unserved-function.ts';
import { unusedEndpoint } from './unused-endpoint.ts';

const CHECKS = [
  unservedFunction,
  functionWithoutCode,
  unboundEgress,
  feedWithoutIngress,
  feedFileMissing,
  standInTargetMissing,
  shortExpiration,
  stateGoneAtTimer,
  unusedEndpoint,
  remoteEndpoints,
  sendNotAccepted,
  routeNotAccepted,
  callerOfIngress,
] as const satisfies readonly Check[];

export function runChecks(context: CommandContext): readonly Problem<CheckCode>[] {
  return CHECKS.flatMap((check) => check(context));
}
