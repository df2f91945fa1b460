/** .env.example: every value that the containers are to be told, by name. */
import { GENERATED_MARK } from '../../model/generated-files.ts';
import type { SecretNeeds } from '../secrets/secret-needs.ts';
import { SECRETS_FOLDER } from '../secrets/secret-names.ts';

/** @param aws names that Amazon's clients look for */
export function envExample({ files, variables, profiles }: SecretNeeds, aws: readonly string[]): string {
  const sections = [
    [
      `# ${GENERATED_MARK}: what is filled in where the project runs.`,
      '# Copy it to .env, which stays out of Git and of the images, and write each value between its quotes, as it is.',
      '# (One that holds a single quote goes between double quotes, with a backslash before each ", \\ and $ in it.)',
    ],
    section(
      `StateFun's containers read these as files in ${SECRETS_FOLDER}.`,
      files.map((name) => `${name}='${name === 'AWS_CREDENTIALS' ? credentials(profiles) : ''}'`),
    ),
    section(
      'The environment of the function server.',
      variables.map(({ name, isRequired }) => `${isRequired ? '' : '# '}${name}=''`),
    ),
    section(
      "What Amazon's clients look for; without keys they take the role of the machine, where it has one.",
      aws.map((name) => `${name === 'AWS_REGION' ? '' : '# '}${name}=''`),
    ),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`# ${title}`, ...lines];
}

function credentials(profiles: readonly string[]): string {
  return profiles.map((name) => `[${name}]\naws_access_key_id = \naws_secret_access_key = \n`).join('');
}
