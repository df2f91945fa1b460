/** What a secret looks like in text that is not understood any further. Each pattern's group `secret` is what must not leave. */

/** Client properties whose value is a secret; those with a path (ssl.keystore.location) are not. */
export const SECRET_PROPERTY =
  /(?:password|passphrase|secret|token(?!\.endpoint)|sasl\.jaas\.config|ssl\.keystore\.key$|user\.info$)(?!.*(?:location|provider|class$|file|path|endpoint\.url))/i;

/** A name in place of a value is none, nor is what is filled in from elsewhere. */
export const PASSWORD_IN_URL = /[a-z][a-z0-9+.-]*:\/\/[^/\s:@'"`]+:(?<secret>(?!\$)[^/\s:@'"`]+)@[^/\s]/i;

/** What authorizes the caller in a URL's query. */
export const TOKEN_IN_QUERY =
  /[?&](?:code|sig|key|api[-_]?key|access[-_]?key|(?:access|auth)?[-_]?token|secret|password)=(?<secret>(?![@$])[^&\s'"`#]{6,})/i;

export interface TextPattern {
  readonly pattern: RegExp;
  readonly what: string;
  /** What its variable is called when nothing near it tells a name. */
  readonly name: string;
}

const CALLED_A_SECRET = String.raw`\b(?<name>\w*(?:passw(?:or)?d|passphrase|secret|api_?key|access_?key|auth_?token|client_?secret)\w*)`;

export const IN_TEXT: readonly TextPattern[] = [
  { pattern: /\b(?<secret>(?:AKIA|ASIA)[0-9A-Z]{16})\b/, what: 'an AWS access key', name: 'AWS_ACCESS_KEY' },
  { pattern: /(?<secret>-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----)/, what: 'a private key', name: 'PRIVATE_KEY' },
  {
    pattern: /\b(?<secret>gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{40,}|xox[abprs]-[\w-]{10,}|sk_live_\w{16,}|npm_[A-Za-z0-9]{36})\b/,
    what: 'an access token',
    name: 'ACCESS_TOKEN',
  },
  { pattern: /\bBearer (?<secret>[A-Za-z0-9._~+/-]{20,})/, what: 'a bearer token', name: 'BEARER_TOKEN' },
  { pattern: /_authToken\s*=\s*(?<secret>[^\s$]{8,})/, what: 'a registry token', name: 'REGISTRY_TOKEN' },
  { pattern: PASSWORD_IN_URL, what: 'a password in a URL', name: 'URL_PASSWORD' },
  {
    pattern: new RegExp(
      String.raw`${CALLED_A_SECRET}['"]?\s*(?::\s*(?:string\s*=)?|=)\s*(?<quote>['"${'`'}])(?<secret>(?=[^'"${'`'}]*[^a-z'"${'`'}_-])[^'"${'`'}\s$<>{}]{8,})\k<quote>`,
      'i',
    ),
    what: 'a value that is called a secret',
    name: 'SECRET',
  },
];

/** `key: value` and `key = value` without quotes, as configuration has it, commented out or not. */
export const IN_CONFIGURATION: TextPattern = {
  pattern:
    /^[\s#;/-]*(?<name>[\w.-]*(?:passw(?:or)?d|passphrase|secret|api[-_]?key|access[-_]?key|auth[-_]?token|jaas\.config)[\w.-]*(?<!name|ref|file|path|location|class))\s*[:=]\s*(?<secret>(?=\S*[^A-Za-z/|>])(?![@$&*|>'"{[(/.]|file:)\S{6,}(?:[^#\n]*;)?)\s*(?:#.*)?$/i,
  what: 'a value that is called a secret',
  name: 'SECRET',
};

export function isPlaceholder(text: string): boolean {
  return /process\.env|change-?me|your[-_ ]|placeholder|xxxx|\*{4}|^\s*@[A-Z][A-Z0-9_]{2,}@\s*$|\$\{[^}]*\}/i.test(text);
}
