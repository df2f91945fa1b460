/** Name and message of anything that code may throw, whatever traps it holds; with what the message leaves out. */
import { clip } from './call-record.ts';
import { inspect } from './inspect.ts';
import { NativeError } from './primordials.ts';
import { valueWords } from './value-words.ts';

export function describeThrown(thrown: unknown): { readonly name: string; readonly message: string } {
  try {
    if (thrown instanceof NativeError) {
      const { name, message } = thrown;
      return {
        name: typeof name === 'string' && name !== '' ? clip(name) : 'Error',
        message: clip(withWords(typeof message === 'string' ? message : '', thrown)),
      };
    }
    return { name: 'Thrown', message: clip(inspect(thrown)) };
  } catch {
    return { name: 'Error', message: 'The thrown value cannot be shown: reading it throws.' };
  }
}

function withWords(message: string, error: object): string {
  const words = valueWords(error);
  return words === null ? message : `${message}: ${words}.`;
}
