/** The examples in the order of the start page. A new one is a folder with `project/`, `project-files.ts` and its entry, and a line here. */
import type { Example } from './example.ts';
import { fraudDetection } from './fraud-detection/entry.ts';
import { greeter } from './greeter/entry.ts';
import { shoppingCart } from './shopping-cart/entry.ts';

export const EXAMPLES = [fraudDetection, greeter, shoppingCart] as const satisfies readonly Example[];

export function exampleById(id: string): Example | null {
  return EXAMPLES.find((example) => example.id === id) ?? null;
}
