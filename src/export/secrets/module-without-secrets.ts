/**
 * module.yaml without its secrets. Kafka's clients read theirs from files by themselves, Amazon's from the environment or a profile, and
 * the transport its key's password from a file: those values are named. What only the loader could fill in gets a marker, which is filled
 * in when the container starts. 3.3.0 replaces no variables, and sends no user and password of an endpoint's URL.
 */
import type { NodeId } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import type { ModuleComponent } from '../../model/module.ts';
import type { Problem } from '../../model/problem.ts';
import { MODULE_YAML } from '../../model/project.ts';
import { decodeModule } from '../../module-yaml/decode.ts';
import { insertSpecItem } from '../../module-yaml/patch/insert-spec-item.ts';
import { editedText } from '../../module-yaml/patch/patch-target.ts';
import type { PatchResult } from '../../module-yaml/patch/patch-target.ts';
import { setSpecValue } from '../../module-yaml/patch/set-spec-value.ts';
import { quoteText } from '../../module-yaml/write/scalar-writer.ts';
import { isObject, propertiesOf } from '../surroundings.ts';
import type { LeftOut } from './left-out.ts';
import { moduleSecrets } from './module-secrets.ts';
import { secretStays } from './secret-stays.ts';
import type { ModuleSecret, SpecPath } from './module-secrets.ts';
import { PROVIDER, PROVIDER_CLASS, SECRETS_FOLDER, marker } from './secret-names.ts';
import type { SecretNames } from './secret-names.ts';

export interface ModuleWithoutSecrets {
  readonly text: string;
  readonly leftOut: readonly LeftOut[];
  readonly problems: readonly Problem[];
  /** Each value that was taken out, and what stands for it where it stands once more. */
  readonly values: ReadonlyMap<string, string>;
}

export function leaveOutOfModule(original: string, names: SecretNames): ModuleWithoutSecrets {
  const { components } = decodeModule(original);
  const secrets = moduleSecrets(components, original);
  const work = new ModuleWork(original, names);
  work.awsCredentials(
    secrets.filter(({ kind }) => kind === 'aws-credentials'),
    components,
  );
  for (const secret of secrets) {
    work.take(secret);
  }
  // Last, since they move the items behind them.
  work.addProviders(components);
  return { text: work.text, leftOut: work.leftOut, problems: work.problems, values: work.values };
}

class ModuleWork {
  text: string;
  readonly leftOut: LeftOut[] = [];
  readonly problems: Problem[] = [];
  readonly values = new Map<string, string>();
  readonly #original: string;
  readonly #names: SecretNames;
  readonly #withProvider = new Set<NodeId>();

  constructor(text: string, names: SecretNames) {
    this.text = text;
    this.#original = text;
    this.#names = names;
  }

  take(secret: ModuleSecret): void {
    const { component, kind, spot, value } = secret;
    switch (kind) {
      case 'client-property':
        this.#property(secret);
        return;
      case 'key-password': {
        const name = this.#nameOf(secret, 'client_key_password');
        const path = `${SECRETS_FOLDER}/${name}`;
        this.#replace(secret, path, name, path);
        return;
      }
      case 'url-password':
        if (spot.length === 1 && spot[0] === 'urlPathTemplate' && secret.what.startsWith('the password')) {
          this.#dropUser(secret);
          return;
        }
        if (isKafkaProperty(component, spot)) {
          this.#property({ ...secret, value: String(valueAt(component.spec, spot)) });
          return;
        }
        this.#part(secret, String(this.#now(component.node, spot) ?? ''), value);
        return;
      default:
    }
  }

  #property(secret: ModuleSecret): void {
    const { component, spot, value } = secret;
    const name = this.#nameOf(secret, String(spot.at(-1)));
    if (!isKafkaProperty(component, spot)) {
      this.#replace(secret, marker(name), name, `${marker(name)}, filled in when the container starts`);
      return;
    }
    this.#withProvider.add(component.node);
    const reference = `\${${providerOf(component)}:${SECRETS_FOLDER}:${name}}`;
    this.#replace(secret, reference, name, reference);
    // A login holds its password once more.
    for (const [, inner = ''] of value.matchAll(/(?:password|secret|token)\w*\s*=\s*\\?["']?([^"';\\\s]+)/gi)) {
      this.values.set(inner, '…');
    }
  }

  /** StateFun sends neither, so nothing has to be filled in. */
  #dropUser(secret: ModuleSecret): void {
    const url = String(valueAt(secret.component.spec, secret.spot)).replace(/\/\/[^/@]*@/, '//');
    this.#replace(secret, url, null, 'left out: StateFun does not send it');
  }

  #part(secret: ModuleSecret, whole: string, value: string): void {
    const name = this.#nameOf(secret, secret.what.startsWith('the token') ? 'token' : 'password');
    this.#replace(
      secret,
      whole.replace(value, () => marker(name)),
      name,
      `${marker(name)}, filled in when the container starts`,
    );
  }

  #nameOf({ component, value }: ModuleSecret, key: string): string {
    return this.#names.nameOf(value, component.title.replace('*', 'all'), key);
  }

  #replace(secret: ModuleSecret, to: JsonValue, name: string | null, instead: string): void {
    const { component, spot, kind, path, line, what, value } = secret;
    if (this.#apply(setSpecValue(this.text, component.node, spot, to))) {
      // What is filled in is escaped as between double quotes.
      this.text = this.text.replaceAll(/'([^'\n]*@[A-Z][A-Z0-9_]{2,}@[^'\n]*)'/g, (_, inner: string) => quoteText(inner));
      this.leftOut.push({ kind, path, line, what, name, instead });
      this.values.set(value, name === null ? '…' : marker(name));
    } else {
      this.problems.push(secretStays(secret, this.#original));
    }
  }

  #now(node: NodeId, spot: SpecPath): JsonValue | undefined {
    const component = decodeModule(this.text).components.find((each) => each.node === node);
    return component === undefined ? undefined : valueAt(component.spec, spot);
  }

  /** The environment holds one pair: it is used where all that ask for credentials ask for that one. */
  awsCredentials(secrets: readonly ModuleSecret[], components: readonly ModuleComponent[]): void {
    const users = components.filter((component) => secrets.some((secret) => secret.component === component));
    const pairs = new Set(users.map(({ spec }) => JSON.stringify(valueAt(spec, ['awsCredentials']))));
    const others = components.some((component) => component.kind.startsWith('io.statefun.kinesis') && !users.includes(component));
    const inEnvironment = pairs.size === 1 && !others;
    const profiles = new Map([...pairs].map((pair, index) => [pair, pairs.size === 1 ? 'statefun' : `statefun-${index + 1}`]));
    for (const component of users) {
      const profileName = profiles.get(JSON.stringify(valueAt(component.spec, ['awsCredentials']))) ?? '';
      const to = inEnvironment ? { type: 'default' } : { type: 'profile', profileName, profilePath: `${SECRETS_FOLDER}/AWS_CREDENTIALS` };
      const done = this.#apply(setSpecValue(this.text, component.node, ['awsCredentials'], to));
      for (const secret of secrets.filter((each) => each.component === component)) {
        if (!done) {
          this.problems.push(secretStays(secret, this.#original));
          continue;
        }
        const { kind, path, line, what, value, spot } = secret;
        const name = !inEnvironment ? 'AWS_CREDENTIALS' : spot.at(-1) === 'accessKeyId' ? 'AWS_ACCESS_KEY_ID' : 'AWS_SECRET_ACCESS_KEY';
        const instead = inEnvironment ? 'awsCredentials of type default' : `the profile ${profileName}`;
        this.leftOut.push({ kind, path, line, what, name, instead });
        this.values.set(value, '…');
        this.#names.take(value, name);
      }
    }
  }

  addProviders(components: readonly ModuleComponent[]): void {
    for (const component of components.filter(({ node }) => this.#withProvider.has(node))) {
      const alias = providerOf(component);
      const list = propertiesOf(component.spec);
      const at = list.findLastIndex(([name]) => name === 'config.providers');
      const { node } = component;
      const kind = { [`config.providers.${alias}.class`]: PROVIDER_CLASS };
      const own = list[at]?.[1] ?? '';
      const isNamed = own.split(',').some((name) => name.trim() === alias);
      const done =
        (list.some(([name]) => name in kind) || this.#apply(insertSpecItem(this.text, node, ['properties'], at + 1, kind))) &&
        (isNamed ||
          this.#apply(
            at === -1
              ? insertSpecItem(this.text, node, ['properties'], 0, { 'config.providers': alias })
              : setSpecValue(this.text, node, ['properties', at, 'config.providers'], `${own},${alias}`),
          ));
      if (!done) {
        const message = `${component.title}: config.providers cannot be added to its properties from here. Write them as a list, one to a line.`;
        this.problems.push({ code: 'secret-stays', severity: 'error', message, path: MODULE_YAML, node });
      }
    }
  }

  /** An edit without comments is better than a secret. */
  #apply(patch: PatchResult): boolean {
    const edits = patch.ok ? patch.value : patch.error.find(({ fix }) => fix !== undefined)?.fix?.edits;
    if (edits === undefined) {
      return false;
    }
    this.text = editedText(this.text, edits);
    return true;
  }
}

function isKafkaProperty({ kind }: ModuleComponent, [list]: SpecPath): boolean {
  return kind.startsWith('io.statefun.kafka') && list === 'properties';
}

/** The name of the directory's provider among the component's own, where there are some. */
function providerOf({ spec }: ModuleComponent): string {
  const list = propertiesOf(spec);
  const isOurs = (alias: string): boolean =>
    list.every(([name, value]) => name !== `config.providers.${alias}.class` || value === PROVIDER_CLASS);
  return isOurs(PROVIDER) ? PROVIDER : `statefun-${PROVIDER}`;
}

function valueAt(spec: JsonValue, spot: SpecPath): JsonValue | undefined {
  let at: JsonValue | undefined = spec;
  for (const step of spot) {
    at = typeof step === 'number' ? (Array.isArray(at) ? at[step] : undefined) : isObject(at) ? at[step] : undefined;
  }
  return at;
}
