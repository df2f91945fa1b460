/** What has to be told to the containers, and how: nothing of it is in the exported files. */
import { MODULE_YAML } from '../../model/project.ts';
import type { Deployment } from '../deploy/write-deployment.ts';
import { SECRETS_FOLDER } from '../secrets/secret-names.ts';

export interface SecretsInput {
  readonly deployment: Deployment;
  readonly label: string;
  readonly compose: boolean;
  readonly kubernetes: boolean;
  /** Whether nothing that looks like a secret is in the files. */
  readonly holdsNone: boolean;
}

/** Null where nothing has to be told. */
export function secretsSection(input: SecretsInput): string | null {
  const { deployment, compose, kubernetes } = input;
  const { needs, envFile } = deployment;
  if (envFile === null) {
    return null;
  }
  const parts = [
    `## Secrets and settings

${input.holdsNone ? 'These files hold no secrets. ' : ''}Copy \`${envFile}\` to \`.env\` (which \`.gitignore\` and \`.dockerignore\` keep out), and fill it in:

\`\`\`
cp ${envFile} .env
\`\`\``,
    ...(compose ? ['`docker compose` reads `.env` by itself, and hands on what it says.'] : []),
    ...(kubernetes ? [kubernetesSecrets(input)] : []),
    ...(needs.files.length === 0 ? [] : [whoReads(deployment, kubernetes)]),
  ];
  return parts.join('\n\n');
}

function kubernetesSecrets({ deployment: { needs, aws }, label }: SecretsInput): string {
  const required = needs.variables.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  const secrets: readonly (readonly [string, readonly string[]])[] = [
    [`${label}-secrets`, needs.files],
    [`${label}-env`, required.length > 0 ? required : needs.variables.map(({ name }) => name)],
    [`${label}-aws`, aws],
  ];
  const commands = secrets
    .filter(([, names]) => names.length > 0)
    .map(
      ([secret, names]) =>
        `kubectl create secret generic ${secret}${names.map((name) => ` \\\n  --from-literal=${name}="$${name}"`).join('')}`,
    );
  return `For Kubernetes, make the Secrets once, before \`kubectl apply -k .\` (leave out what the cluster gives in another way, and
what \`.env\` leaves unset: an empty text would take the place of the code's own default):

\`\`\`
set -a; . ./.env; set +a
${commands.join('\n')}
\`\`\``;
}

function whoReads({ needs, moduleFile }: Deployment, kubernetes: boolean): string {
  const rendered = needs.rendered
    ? ` Where \`${MODULE_YAML}\`${moduleFile === MODULE_YAML ? '' : `, or its copy \`${moduleFile}\`,`} has \`@NAME@\`, StateFun itself needs the value: \`render-module.sh\` puts it there when a container starts, and then starts StateFun.`
    : '';
  return `StateFun's containers find them as files in \`${SECRETS_FOLDER}\`${kubernetes ? ', on Kubernetes mounted from the Secret' : ''}. StateFun replaces no variables in module.yaml, but
Kafka's clients do: \`\${secrets:${SECRETS_FOLDER}:NAME}\` in \`properties\` is what the file \`NAME\` holds (\`config.providers\`, in Kafka's clients
3.2.3, which StateFun 3.3.0 ships). A file that is not there is not told: the client then uses the text itself.${rendered}`;
}
