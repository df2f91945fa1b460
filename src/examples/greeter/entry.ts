import type { Example } from '../example.ts';

export const greeter: Example = {
  id: 'greeter',
  title: 'Greeter',
  summary: 'Counts the visits of each person and greets accordingly.',
  stats: '1 function, 1 state value. The smallest module that runs.',
  load: async () => (await import('./project-files.ts')).files,
};
