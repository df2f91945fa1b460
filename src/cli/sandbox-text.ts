/** The sandbox's script, as the build puts it in. A file of its own: it is half of the program, and only runs need it. */
import { sandboxWorkerText } from 'virtual:sandbox-worker-text';

export const harness = sandboxWorkerText;
