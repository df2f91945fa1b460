/**
 * module.yaml to components: what each declares, what the runtime can run of it, and everything that the real loader
 * would refuse or silently misread (module-yaml.md). A text with faults still gives whatever can be shown.
 */
import type { DecodedModule, ModuleComponent } from '../model/module.ts';
import { checkDocuments, checkLegacy } from './checks/component-checks.ts';
import { checkWholeModule } from './checks/module-checks.ts';
import { checkYamlTraps } from './checks/yaml-checks.ts';
import { componentRange } from './component-range.ts';
import { specOf } from './component-spec.ts';
import { fail, keyRange, replaceWith, warn, type SpecContext } from './fields/spec-context.ts';
import { nearest } from '../base/nearest.ts';
import { warnOfUnknownFields } from './fields/unknown-fields.ts';
import { KIND_LIST } from './kinds/registry.ts';
import { locate, type LocatedComponent, type LocatedModule } from './locate.ts';
import type { ModuleProblem } from './problem-codes.ts';
import { lineNumbers } from './source/lines.ts';
import { normalTypename } from './typename-text.ts';

export function decodeModule(text: string): DecodedModule {
  return decodeLocated(locate(text));
}

export function decodeLocated(module: LocatedModule): DecodedModule {
  const { source, format } = module;
  if (!source.parsed) {
    return { format, parsed: false, components: [], problems: source.problems };
  }
  const lineOf = lineNumbers(source.text);
  const problems: ModuleProblem[] = [...source.problems, ...checkYamlTraps(module)];
  problems.push(...(format === 'legacy' ? checkLegacy(module) : checkDocuments(module)));
  const components = module.components.map((component) => decodeComponent(module, component, lineOf, problems));
  problems.push(...checkWholeModule(module, components));
  return { format, parsed: true, components, problems };
}

function decodeComponent(
  module: LocatedModule,
  component: LocatedComponent,
  lineOf: (at: number) => number,
  problems: ModuleProblem[],
): ModuleComponent {
  const { text } = module.source;
  const { node, role, kind, title } = component;
  const range = componentRange(text, component);
  const context: SpecContext = { text, node, kind, spec: component.spec, name: component.name, problems };
  let definition: ModuleComponent['definition'] = null;
  if (component.module === null) {
    judgeKind(context, component);
  }
  if (component.spec.value.type !== 'map') {
    const message = `The spec of ${kind} must be an object: write its fields under spec.`;
    fail(context, 'empty-spec', message, { at: keyRange(component.spec), field: [], moment: 'load' });
  } else if (component.module !== null) {
    warnOfUnknownFields(context, component.spec.value, component.module.shape);
    definition = component.module.decode(context);
  }
  return {
    node,
    role,
    kind,
    title,
    spec: specOf(component),
    range,
    lines: { from: lineOf(range.from), to: lineOf(Math.max(range.from, range.to - 1)) },
    definition: component.duplicate ? null : definition,
  };
}

/** Users can add kinds with Java extensions, so an unknown one is no error of the file. */
function judgeKind(context: SpecContext, { kind, kindPair }: LocatedComponent): void {
  const { value } = kindPair;
  const at = value.from === value.to ? keyRange(kindPair) : value;
  if (normalTypename(kind) === null) {
    fail(context, 'bad-typename', `“${kind}” is no kind: write namespace/name, such as io.statefun.kafka.v1/ingress.`, {
      at,
      moment: 'load',
    });
    return;
  }
  const meant = nearest(
    kind.trim(),
    KIND_LIST.map((module) => module.kind),
  );
  const advice = meant === null ? 'The runtime needs the extension that brings it.' : `Write ${meant}, if you mean that.`;
  warn(context, 'unknown-kind', `A plain StateFun 3.3.0 has no kind ${kind}. ${advice}`, {
    at,
    moment: 'load',
    ...(meant === null ? {} : { fix: replaceWith(`Write ${meant}`, value, meant) }),
  });
}
