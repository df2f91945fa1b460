/** What kinds of secrets are told, and how each is kept out of a project by hand. */
import type { FilePath } from '../../base/ids.ts';

export type SecretKind =
  | 'aws-credentials'
  | 'client-property'
  | 'url-password'
  | 'key-password'
  | 'secret-in-code'
  | 'secret-in-text'
  | 'secret-file';

export interface FoundSecret {
  readonly kind: SecretKind;
  readonly path: FilePath;
  /** From 1; null for a file as a whole. */
  readonly line: number | null;
  /** What it is, e.g. `secretAccessKey of shop/orders`. */
  readonly what: string;
}

/** How a secret of a kind is kept out of the project itself; "Leave secrets out" of the export does it for what is exported. */
export const WAYS_OUT: Readonly<Record<SecretKind, string>> = {
  'aws-credentials':
    'Use awsCredentials of type default (a role, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY where StateFun runs) or profile.',
  'client-property':
    'StateFun replaces no variables, but Kafka’s clients read values from files: config.providers with the DirectoryConfigProvider, and ${secrets:/opt/statefun/secrets:NAME} in place of the value.',
  'url-password':
    'StateFun sends no user and password of a URL: leave them out of it. What else authorizes the caller belongs in front of the server, or in a module.yaml that is mounted from a secret.',
  'key-password': 'client_key_password names a file that holds the password: write its path, and mount the file from a secret.',
  'secret-in-code': 'Read it from the environment of the function server (process.env), which its container gets from a secret.',
  'secret-in-text': 'Take it out of the file; a comment needs none, and what reads the file can be told it where it runs.',
  'secret-file': 'Leave the file out of the export, and hand it over another way.',
};
