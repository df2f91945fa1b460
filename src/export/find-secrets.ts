/**
 * What looks like a secret in a project's files, so that it can be pointed out before the files leave. Says where and of what kind, and
 * never the value. Looking at texts, it may err in both directions.
 */
import type { FilePath } from '../base/ids.ts';
import { isScript } from '../model/code-files.ts';
import type { DecodedModule } from '../model/module.ts';
import type { Project } from '../model/project.ts';
import { MODULE_YAML, textFile } from '../model/project.ts';
import { moduleSecrets } from './secrets/module-secrets.ts';
import type { FoundSecret } from './secrets/secret-kinds.ts';
import { isRead, textSecrets } from './secrets/text-secrets.ts';

/** Those of module.yaml first, in the order of the text. */
export function findSecrets(project: Project, module: DecodedModule): readonly FoundSecret[] {
  const text = textFile(project, MODULE_YAML) ?? '';
  const inModule: FoundSecret[] = moduleSecrets(module.components, text).map(({ kind, path, line, what }) => ({ kind, path, line, what }));
  inModule.push(...textSecrets(MODULE_YAML, text).map(({ line, what }) => inText(MODULE_YAML, line, what)));
  const found = inModule.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  for (const [path, content] of [...project.files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (isSecretFile(path)) {
      found.push({ kind: 'secret-file', path, line: null, what: path });
    } else if (typeof content === 'string' && path !== MODULE_YAML && isRead(path, content)) {
      found.push(...textSecrets(path, content).map(({ line, what }) => inText(path, line, what)));
    }
  }
  return found;
}

/**
 * The project's text files with the lines emptied that hold a secret, to quote from: what is printed may be kept where others read it.
 * Files that exist to hold secrets are left out.
 */
export function quotableTexts(project: Project, module: DecodedModule): ReadonlyMap<FilePath, string> {
  const texts = new Map<FilePath, string>();
  for (const [path, content] of project.files) {
    if (typeof content === 'string' && !isSecretFile(path)) {
      const secrets = textSecrets(path, content).map(({ line }) => ({ line, lastLine: line }));
      texts.set(path, withoutLines(content, path === MODULE_YAML ? [...secrets, ...moduleSecrets(module.components, content)] : secrets));
    }
  }
  return texts;
}

function withoutLines(text: string, ranges: readonly { readonly line: number | null; readonly lastLine: number }[]): string {
  const isHidden = (line: number): boolean => ranges.some((range) => line >= (range.line ?? 1) && line <= range.lastLine);
  return ranges.length === 0
    ? text
    : text
        .split('\n')
        .map((line, index) => (isHidden(index + 1) ? '' : line))
        .join('\n');
}

function inText(path: FilePath, line: number, what: string): FoundSecret {
  return { kind: isScript(path) ? 'secret-in-code' : 'secret-in-text', path, line, what };
}

/** A file that exists to hold secrets. */
export function isSecretFile(path: FilePath): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    (/^\.env(?:\..+)?$/.test(name) && !/\.(?:example|sample|template)$/.test(name)) ||
    /\.(?:pem|key|p12|pfx|jks|keystore|keytab)$/i.test(name) ||
    /^(?:id_rsa|id_ecdsa|id_ed25519|\.netrc|\.pgpass)$/.test(name) ||
    /(?:^|\/)\.aws\/credentials$/.test(path)
  );
}
