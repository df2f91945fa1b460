/** The TypeScript worker as the page asks it. One worker knows all code of the project, JavaScript included. */
import { getTypeScriptWorker } from 'monaco-editor/languages/features/typescript/register';
import type { TypeScriptWorker } from 'monaco-editor/languages/features/typescript/register';
import type { monaco } from '../monaco-api.ts';
import type { StudioTypeScriptWorker } from './ts-worker.ts';

export type TypeScriptClient = TypeScriptWorker &
  Pick<
    StudioTypeScriptWorker,
    'getAllDiagnostics' | 'completionsAt' | 'completionDetails' | 'codeFixesAt' | 'allFixes' | 'organizeImports'
  >;

/** The worker, once it has the texts of these files as they are now. */
export async function typeScriptClient(...files: readonly monaco.Uri[]): Promise<TypeScriptClient> {
  const client = await (await registered())(...files);
  // Boundary: Monaco types its own worker; monaco.ts starts ours, which extends it.
  return client as TypeScriptClient;
}

const RETRY_MS = 50;
const RETRIES = 1200;

/** Monaco loads the language when an editor first shows it, and tells nobody when it has. */
async function registered(): ReturnType<typeof getTypeScriptWorker> {
  for (let left = RETRIES; left > 0; left -= 1) {
    try {
      return await getTypeScriptWorker();
    } catch {
      await new Promise((resolve) => {
        setTimeout(resolve, RETRY_MS);
      });
    }
  }
  return getTypeScriptWorker();
}
