/** The message of an error, with names as the user's source has them rather than as they were compiled. */
import { calledImport, withWrittenNames } from '../compile/written-names.ts';
import type { CodeBundle } from '../sandbox-api.ts';
import type { RawPlace } from '../worker/call-record.ts';

const NO_CALL = /^Cannot read properties of undefined \(reading 'call'\)$/;

/** `place`: where it was thrown; the names are those of that file. */
export function errorWords(bundle: CodeBundle, message: string, place: RawPlace | null): string {
  const file = place === null ? undefined : bundle.files[place.file];
  if (place === null || file?.names === undefined) {
    return message;
  }
  if (NO_CALL.test(message)) {
    const called = calledImport(file.code.split('\n')[place.line - 1] ?? '', place.column, file.names);
    return called === null ? message : `${called} is not a function`;
  }
  return withWrittenNames(message, file.names);
}
