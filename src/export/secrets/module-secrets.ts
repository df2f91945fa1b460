/** Secrets in the components of module.yaml: values that StateFun, or a client of its, would take as one. */
import type { JsonValue } from '../../base/json.ts';
import type { ModuleComponent } from '../../model/module.ts';
import { MODULE_YAML } from '../../model/project.ts';
import { locate } from '../../module-yaml/locate.ts';
import { pairOf } from '../../module-yaml/source/source-node.ts';
import type { SourceNode } from '../../module-yaml/source/source-node.ts';
import { isObject } from '../surroundings.ts';
import type { FoundSecret, SecretKind } from './secret-kinds.ts';
import { PASSWORD_IN_URL, SECRET_PROPERTY, TOKEN_IN_QUERY, isPlaceholder } from './secret-patterns.ts';

export type SpecPath = readonly (string | number)[];

export interface ModuleSecret extends FoundSecret {
  readonly component: ModuleComponent;
  readonly spot: SpecPath;
  /** What must not leave: the value, or the part of it that is secret. */
  readonly value: string;
  /** Where the value ends, from 1. */
  readonly lastLine: number;
}

/** In the order of the text. */
export function moduleSecrets(components: readonly ModuleComponent[], text: string): readonly ModuleSecret[] {
  const located = locate(text).components;
  return components.flatMap((component) => {
    const root = located.find(({ node }) => node === component.node)?.spec.value ?? null;
    const secrets: ModuleSecret[] = [];
    const add = (kind: SecretKind, spot: SpecPath, value: string, what = String(spot.at(-1))): void => {
      const range = rangeOf(root, spot) ?? component.range;
      const [line, lastLine] = [lineAt(text, range.from), lineAt(text, range.to)];
      secrets.push({ kind, path: MODULE_YAML, line, lastLine, what: `${what} of ${component.title}`, component, spot, value });
    };
    for (const { spot, value } of textsIn(component.spec, [])) {
      judge(spot, value, component, add);
    }
    return secrets;
  });
}

type Add = (kind: SecretKind, spot: SpecPath, value: string, what?: string) => void;

function judge(spot: SpecPath, value: string, { spec }: ModuleComponent, add: Add): void {
  const key = String(spot.at(-1) ?? '');
  if (value === '' || isPlaceholder(value)) {
    return;
  }
  if (spot[0] === 'awsCredentials' && (key === 'accessKeyId' || key === 'secretAccessKey')) {
    if (isObject(spec) && isObject(spec['awsCredentials']) && spec['awsCredentials']['type'] === 'basic') {
      add('aws-credentials', spot, value);
    }
    return;
  }
  if (isProperty(spot)) {
    if (SECRET_PROPERTY.test(key)) {
      add('client-property', spot, value);
      return;
    }
  } else if (key === 'client_key_password') {
    if (!/[/\\.]|^(?:file|classpath):/.test(value)) {
      add('key-password', spot, value);
    }
    return;
  }
  const password = PASSWORD_IN_URL.exec(value)?.groups?.['secret'];
  if (password !== undefined) {
    add('url-password', spot, password, `the password in ${key}`);
  }
  const token = key === 'urlPathTemplate' ? TOKEN_IN_QUERY.exec(value)?.groups?.['secret'] : undefined;
  if (token !== undefined) {
    add('url-password', spot, token, `the token in ${key}`);
  }
}

/** A client's property: the first pair of an item of `properties` or `clientConfigProperties`. */
function isProperty([list, index, , ...deeper]: SpecPath): boolean {
  return (list === 'properties' || list === 'clientConfigProperties') && typeof index === 'number' && deeper.length === 0;
}

function textsIn(value: JsonValue, spot: SpecPath): readonly { readonly spot: SpecPath; readonly value: string }[] {
  if (typeof value === 'string') {
    return [{ spot, value }];
  }
  if (typeof value === 'number') {
    return isProperty(spot) ? [{ spot, value: String(value) }] : [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item: JsonValue, index) => textsIn(item, [...spot, index]));
  }
  return isObject(value) ? Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...spot, key])) : [];
}

/** From the key whose value is meant to the value's end. */
function rangeOf(root: SourceNode | null, spot: SpecPath): { readonly from: number; readonly to: number } | null {
  let at = root;
  let from: number | null = null;
  for (const step of spot) {
    if (typeof step === 'number') {
      at = at?.type === 'list' ? (at.items[step]?.value ?? null) : null;
    } else {
      const pair = pairOf(at, step);
      from = pair?.keyFrom ?? from;
      at = pair?.value ?? null;
    }
  }
  return from === null ? null : { from, to: at?.to ?? from };
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
