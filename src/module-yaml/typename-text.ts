/** Typenames as the loader splits them: at `/`, trailing empty parts dropped, exactly two parts (module-yaml.md §3). */
import { typename, type Typename } from '../base/ids.ts';

export interface TypenameParts {
  readonly namespace: string;
  readonly name: string;
}

export function splitTypename(text: string): TypenameParts | null {
  const parts = text.split('/');
  while (parts.length > 0 && parts.at(-1) === '') {
    parts.pop();
  }
  const [namespace, name] = parts;
  return parts.length === 2 && namespace !== undefined && name !== undefined ? { namespace, name } : null;
}

/** The typename without tolerated trailing slashes, or null. */
export function normalTypename(text: string): Typename | null {
  const parts = splitTypename(text);
  return parts === null ? null : typename(`${parts.namespace}/${parts.name}`);
}
