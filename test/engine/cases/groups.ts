/** Every group of cases; each runs in a job of its own. */
import { calm } from './calm.ts';
import type { CaseGroup } from './case.ts';
import { crash } from './crash.ts';
import { failures } from './failing.ts';
import { BUDGETS, FATAL } from './fatal.ts';
import { limited } from './limited.ts';
import { parallel } from './parallel.ts';
import { transports } from './transports.ts';
import { unchecked } from './unchecked.ts';
import { upgrades } from './upgrades.ts';
import { young } from './young.ts';

export const ENGINE_GROUPS: readonly CaseGroup[] = [
  calm,
  failures,
  crash,
  upgrades,
  transports,
  parallel,
  limited,
  young,
  unchecked,
  ...FATAL,
];

/** Those that take minutes: in the full run only. */
export const SLOW_GROUPS: readonly CaseGroup[] = BUDGETS;
