/** Which values reach a function, as far as routes, code and feeds say, and what is known of their types. */
import { exportedTypes } from '../analysis/find-types.ts';
import { relativeSpecifier } from '../analysis/import-places.ts';
import { filePath, type FilePath, type Typename } from '../base/ids.ts';
import { isLibrary, projectCode } from '../model/code-files.ts';
import type { CommandContext } from '../model/command.ts';
import type { ArrivingType } from './function-skeleton.ts';
import { shapeOfTemplate } from './value-shape.ts';

/** `path`: the file that the function gets, from which types are imported. Routes first, then senders. */
export function arrivingTypes(context: CommandContext, type: Typename, path: FilePath): readonly ArrivingType[] {
  const routed = context.graph.nodes.flatMap((node) => (node.type === 'router' && node.targets.includes(type) ? [node] : []));
  const sent = context.facts.functions.flatMap((fact) =>
    fact.sends.flatMap((send) => (send.to === type && send.target === 'function' ? (send.valueTypes ?? []) : [])),
  );
  const typenames = new Set(
    [...routed.map((node) => node.valueType), ...sent.map(({ typename }) => typename)].filter((name) => name !== ''),
  );
  const code = ownCode(context);
  const exported = exportedTypes(code, typenames);
  const bare = leavesEndingsOut(code);
  return [...typenames].map((typename) => {
    const found = exported.get(typename);
    const topics = routed.filter((node) => node.valueType === typename).map((node) => node.topic);
    return {
      typename,
      exported: found === undefined ? null : { name: found.name, specifier: relativeSpecifier(path, found.path, bare ? './x' : './x.ts') },
      shape: shapeOfFeeds(context, topics),
    };
  });
}

function ownCode(context: CommandContext): ReadonlyMap<FilePath, string> {
  return new Map([...projectCode(context.project.files).functions].filter(([path, text]) => !isLibrary(path, text)));
}

/** Whether the project writes `./types` for types.ts. */
function leavesEndingsOut(code: ReadonlyMap<FilePath, string>): boolean {
  const specifiers = [...code.values()].flatMap((text) =>
    [...text.matchAll(/\bfrom\s+['"](\.[^'"]+)['"]/g)].map((match) => match[1] ?? ''),
  );
  return specifiers.length > 0 && specifiers.every((specifier) => !/\.[cm]?[tj]s$/.test(filePath(specifier)));
}

/** The fields of records that are made for one of the topics. */
function shapeOfFeeds(context: CommandContext, topics: readonly string[]): string | null {
  for (const feed of context.studio.feeds) {
    const shape = feed.type === 'generator' && topics.includes(feed.topic) ? shapeOfTemplate(feed.value) : null;
    if (shape !== null) {
      return shape;
    }
  }
  return null;
}
