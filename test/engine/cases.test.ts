import { ENGINE_GROUPS } from './cases/groups.ts';
import { testGroup } from './cases/run-group.ts';

ENGINE_GROUPS.forEach(testGroup);
