/** Every group of cases; each runs in a job of its own. */
import { calm } from './calm.ts';
import type { CaseGroup } from './case.ts';
import { failures } from './failing.ts';

export const ENGINE_GROUPS: readonly CaseGroup[] = [calm, failures];
