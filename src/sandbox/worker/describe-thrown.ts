/** Name and message of anything that code may throw, whatever traps it holds. */
import { clip } from './call-record.ts';
import { inspect } from './inspect.ts';
import { NativeError } from './primordials.ts';

export function describeThrown(thrown: unknown): { readonly name: string; readonly message: string } {
  try {
    if (thrown instanceof NativeError) {
      const { name, message } = thrown;
      return {
        name: typeof name === 'string' && name !== '' ? clip(name) : 'Error',
        message: clip(typeof message === 'string' ? message : ''),
      };
    }
    return { name: 'Thrown', message: clip(inspect(thrown)) };
  } catch {
    return { name: 'Error', message: 'The thrown value cannot be shown: reading it throws.' };
  }
}
