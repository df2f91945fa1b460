import type { Example } from '../example.ts';

export const fraudDetection: Example = {
  id: 'fraud-detection',
  title: 'Fraud detection',
  summary: 'Judges card transactions by confirmed frauds, merchant and amount, and raises alerts.',
  stats: '4 functions, 2 ingresses, 1 egress, a 30-day timer',
  load: async () => (await import('./project-files.ts')).files,
};
