import { calm } from './cases/calm.ts';
import { testGroup } from './cases/run-group.ts';

testGroup(calm);
