/** What each secret is called where it is filled in: one name for one value, never one name for two. */

/** Where StateFun's containers find the secrets, a file each. */
export const SECRETS_FOLDER = '/opt/statefun/secrets';

/** The alias of the provider in Kafka's properties. */
export const PROVIDER = 'secrets';
export const PROVIDER_CLASS = 'org.apache.kafka.common.config.provider.DirectoryConfigProvider';

/** Names that mean something to what runs here. */
const RESERVED = new Set([
  'PORT',
  'HOST',
  'PATH',
  'HOME',
  'USER',
  'ROLE',
  'MASTER_HOST',
  'SAVEPOINT',
  'NODE_ENV',
  'ANY_PATH',
  'MAX_REQUEST_MB',
]);

export class SecretNames {
  readonly #byValue = new Map<string, string>();
  readonly #taken: Set<string>;

  /** @param taken names that the project uses already */
  constructor(taken: Iterable<string>) {
    this.#taken = new Set([...taken, ...RESERVED]);
  }

  /** The name of a value, made from words that say what it is when the value has none yet. */
  nameOf(value: string, ...words: readonly string[]): string {
    const known = this.#byValue.get(value);
    if (known !== undefined) {
      return known;
    }
    const wanted = words
      .join('_')
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]+/g, '_')
      .replaceAll(/^[_0-9]+|_+$/g, '')
      .slice(0, 60);
    const base = wanted.length < 3 ? 'SECRET' : wanted;
    let name = base;
    for (let number = 2; this.#taken.has(name); number += 1) {
      name = `${base}_${number}`;
    }
    this.take(value, name);
    return name;
  }

  take(value: string, name: string): void {
    this.#byValue.set(value, name);
    this.#taken.add(name);
  }
}

/** What stands in module.yaml where the secret itself has to stand when StateFun loads it: filled in when its containers start. */
export function marker(name: string): string {
  return `@${name}@`;
}

export function markersIn(text: string): readonly string[] {
  return unique([...text.matchAll(/@([A-Z][A-Z0-9_]{2,})@/g)].map(([, name = '']) => name));
}

/** Files of the folder that a module.yaml names. */
export function filesIn(text: string): readonly string[] {
  return unique([...text.matchAll(/\/opt\/statefun\/secrets[/:]([A-Za-z0-9_]+)/g)].map(([, name = '']) => name));
}

/** What code asks the environment for. */
export function variablesIn(text: string): readonly string[] {
  const members = [...text.matchAll(/\bprocess\.env(?:\.([A-Za-z_]\w*)|\[\s*['"]([A-Za-z_]\w*)['"]\s*\])/g)].map(
    ([, a, b]) => a ?? b ?? '',
  );
  const patterns = [...text.matchAll(/\{([^{}]*)\}\s*=\s*process\.env\b/g)].flatMap(([, names = '']) =>
    names.split(',').map((name) => /^\s*([A-Za-z_]\w*)/.exec(name)?.[1] ?? ''),
  );
  return unique([...members, ...patterns].filter((name) => name !== '' && !RESERVED.has(name)));
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
