import { ENGINE_GROUPS, SLOW_GROUPS } from './cases/groups.ts';
import { testGroup } from './cases/run-group.ts';

ENGINE_GROUPS.forEach(testGroup);
if (process.env['ENGINE_FULL'] === '1') {
  SLOW_GROUPS.forEach(testGroup);
}
