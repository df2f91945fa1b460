/** Starts the test partner once for all engine tests, and ends it after them. */
import type { TestProject } from 'vitest/node';
import { startPartner } from './driver/test-partner.ts';
import type { PartnerPlace } from './driver/test-partner.ts';
import { missingTools } from './languages/language-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly partner: PartnerPlace;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const partner = await startPartner().catch((problem: unknown) => {
    // One clear line; a stack would hide it.
    console.error(problem instanceof Error ? problem.message : problem);
    process.exit(1);
  });
  missingTools().forEach((line) => console.error(line));
  project.provide('partner', partner.place);
  return () => partner.end();
}
