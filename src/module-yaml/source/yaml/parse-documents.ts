/** Tokens to documents of source nodes, by the grammar that the loader's parser follows. */
import type { SourceNode } from '../source-node.ts';
import type { SourceDocument } from '../read-source.ts';
import { NodeParser } from './parse-node.ts';
import type { Scanned } from './scanner.ts';
import { TokenReader } from './token-reader.ts';

const DEFAULT_TAGS: readonly (readonly [string, string])[] = [
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
];

export function parseDocuments(scanned: Scanned): readonly SourceDocument[] {
  const reader = new TokenReader(scanned);
  const documents: SourceDocument[] = [];
  let tags = new Map(DEFAULT_TAGS);
  let isFirst = true;
  for (;;) {
    const isBare = isFirst && !reader.at('directive', 'document-start', 'stream-end');
    isFirst = false;
    let separator: number | null = null;
    if (!isBare) {
      while (reader.at('document-end')) {
        reader.next();
      }
      if (reader.at('stream-end')) {
        return documents;
      }
      tags = readDirectives(reader) ?? tags;
      // Directives that nothing follows are fine.
      if (reader.at('stream-end')) {
        return documents;
      }
      separator = readStart(reader);
    }
    const parser = new NodeParser(reader, tags);
    const root: SourceNode =
      !isBare && reader.at('directive', 'document-start', 'document-end', 'stream-end')
        ? parser.empty(separator ?? reader.peek().from)
        : parser.node({ block: true, indentless: false });
    documents.push({ root, separator });
    if (reader.at('document-end')) {
      reader.next();
    }
  }
}

/** The tags that hold from here on, or null where no directive changes them. */
function readDirectives(reader: TokenReader): Map<string, string> | null {
  const tags = new Map<string, string>();
  let version = false;
  for (let token = reader.peek(); token.type === 'directive'; token = reader.peek()) {
    const { directive } = token;
    if (directive.name === 'YAML') {
      if (version) {
        reader.state.break('A second %YAML directive: remove it.', token, 'yaml-directive');
      }
      version = true;
    } else if (directive.name === 'TAG') {
      if (tags.has(directive.handle)) {
        reader.state.break(`A second %TAG directive for ${directive.handle}: remove it.`, token, 'yaml-directive');
      }
      tags.set(directive.handle, directive.prefix);
    }
    reader.next();
  }
  return version || tags.size > 0 ? new Map([...DEFAULT_TAGS, ...tags]) : null;
}

/** Offset of the `---`; null where it is missing, which is told. */
function readStart(reader: TokenReader): number | null {
  const token = reader.peek();
  if (token.type === 'document-start') {
    reader.next();
    return token.from;
  }
  reader.refuseBareStart();
  return null;
}
