/**
 * What a project wants to be told where it runs. Read from the files as they are exported, so that an export that comes back asks for
 * the same, and what people wrote by hand in the same way is found, too.
 */
import type { ModuleComponent } from '../../model/module.ts';
import { isObject } from '../surroundings.ts';
import { SECRETS_FOLDER, filesIn, markersIn, variablesIn } from './secret-names.ts';

export interface SecretNeeds {
  /** Files in the secrets' folder that StateFun's containers read, or fill into module.yaml. */
  readonly files: readonly string[];
  /** Whether module.yaml is filled in when a container starts. */
  readonly rendered: boolean;
  /** What the code asks its environment for, and whether it cannot do without. */
  readonly variables: readonly { readonly name: string; readonly isRequired: boolean }[];
  /** Profiles that the file AWS_CREDENTIALS is to have. */
  readonly profiles: readonly string[];
}

/** @param moduleText what StateFun's containers load */
export function secretNeeds(moduleText: string, components: readonly ModuleComponent[], code: Iterable<string>): SecretNeeds {
  const markers = markersIn(moduleText);
  const texts = [...code];
  const required = new Set(texts.flatMap((text) => [...text.matchAll(/\bprocess\.env\.(\w+) \?\? ''/g)].map(([, name = '']) => name)));
  const names = [...new Set(texts.flatMap(variablesIn))].sort();
  return {
    files: [...new Set([...filesIn(moduleText), ...markers])].sort(),
    rendered: markers.length > 0,
    variables: names.map((name) => ({ name, isRequired: required.has(name) })),
    profiles: [...new Set(components.flatMap(({ spec }) => profileOf(isObject(spec) ? spec['awsCredentials'] : undefined)))].sort(),
  };
}

function profileOf(credentials: ModuleComponent['spec'] | undefined): readonly string[] {
  return isObject(credentials) && credentials['profilePath'] === `${SECRETS_FOLDER}/AWS_CREDENTIALS`
    ? [String(credentials['profileName'])]
    : [];
}

export function needsAnything({ files, variables }: SecretNeeds, aws: readonly string[]): boolean {
  return files.length > 0 || variables.length > 0 || aws.length > 0;
}
