import type { Example } from '../example.ts';

export const shoppingCart: Example = {
  id: 'shopping-cart',
  title: 'Shopping cart',
  summary: 'Reserves items in stock, and gives them back unless the customer checks out in time.',
  stats: '2 functions. Reserved stock expires in 15 minutes.',
  load: async () => (await import('./project-files.ts')).files,
};
