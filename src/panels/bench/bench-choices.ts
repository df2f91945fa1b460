/** What may be sent to a function, and by whom, as far as module, code and the draft know. */
import type { CodeFacts, FunctionFact } from '../../model/code-facts.ts';
import type { Graph } from '../../model/graph.ts';
import type { Typename } from '../../base/ids.ts';
import type { DraftCaller } from './bench-draft.ts';

export interface TypeChoice {
  readonly typename: string;
  /** As the code calls it. */
  readonly name: string;
  readonly source: 'accepted' | 'routed' | 'sent' | 'draft' | 'built-in';
}

const BUILT_IN = ['string', 'int', 'bool', 'float', 'long', 'double'];

/** Those that are most likely meant come first; each typename once. */
export function typeChoices(type: Typename, graph: Graph, facts: CodeFacts, drafted: readonly string[]): readonly TypeChoice[] {
  const fact = facts.functions.find((candidate) => candidate.typename === type) ?? null;
  const choices: TypeChoice[] = [
    ...(fact?.accepts.types ?? []).map(({ typename, name }): TypeChoice => ({ typename, name, source: 'accepted' })),
    ...routersTo(type, graph).map(({ valueType }): TypeChoice => ({ typename: valueType, name: shortType(valueType), source: 'routed' })),
    ...sendersTo(type, facts).flatMap(({ sends }) =>
      sends
        .filter(({ to, target }) => to === type && target === 'function')
        .flatMap(({ valueTypes }) => valueTypes ?? [])
        .map(({ typename, name }): TypeChoice => ({ typename, name, source: 'sent' })),
    ),
    ...drafted.map((typename): TypeChoice => ({ typename, name: shortType(typename), source: 'draft' })),
    ...BUILT_IN.map((name): TypeChoice => ({ typename: `io.statefun.types/${name}`, name, source: 'built-in' })),
  ];
  const seen = new Set<string>();
  return choices.filter(({ typename }) => {
    const first = typename !== '' && !seen.has(typename);
    seen.add(typename);
    return first;
  });
}

export interface CallerChoice {
  readonly id: string;
  readonly label: string;
  readonly kind: 'ingress' | 'function';
}

/** Ingresses that route to the function and functions that may send to it, then all others. */
export function callerChoices(type: Typename, graph: Graph, facts: CodeFacts): readonly CallerChoice[] {
  const ingresses = routersTo(type, graph).flatMap(({ ingress }) => (ingress === null ? [] : [ingress]));
  const senders = sendersTo(type, facts).map((fact) => fact.typename);
  const others = graph.nodes.flatMap((node) => (node.type === 'function' && !senders.includes(node.typename) ? [node.typename] : []));
  const named = [...new Set(ingresses)];
  return [
    ...(named.length === 0
      ? [{ id: 'ingress:', label: 'an ingress', kind: 'ingress' } as const]
      : named.map((name): CallerChoice => ({ id: `ingress:${name}`, label: name, kind: 'ingress' }))),
    ...[...new Set([...senders, ...others])].map((name): CallerChoice => ({ id: `function:${name}`, label: name, kind: 'function' })),
  ];
}

export function callerChoiceOf(caller: DraftCaller): string {
  return caller.type === 'ingress' ? `ingress:${caller.ingress ?? ''}` : `function:${caller.typename}`;
}

/** The caller that a choice stands for; the id of a function that called before stays. */
export function callerOfChoice(id: string, before: DraftCaller): DraftCaller {
  const name = id.slice(id.indexOf(':') + 1);
  if (id.startsWith('ingress:')) {
    return { type: 'ingress', ingress: name === '' ? null : name };
  }
  return { type: 'function', typename: name, id: before.type === 'function' ? before.id : 'caller-1' };
}

/** Who sends values of this type to the function, as far as that is known; an ingress before a function. */
export function likelyCaller(type: Typename, valueType: string, graph: Graph, facts: CodeFacts): DraftCaller {
  const router = routersTo(type, graph).find((candidate) => candidate.valueType === valueType);
  if (router !== undefined) {
    return { type: 'ingress', ingress: router.ingress };
  }
  const sender = sendersTo(type, facts).find(({ sends }) =>
    sends.some(({ to, valueTypes }) => to === type && (valueTypes ?? []).some(({ typename }) => typename === valueType)),
  );
  return sender === undefined
    ? { type: 'ingress', ingress: routersTo(type, graph)[0]?.ingress ?? null }
    : { type: 'function', typename: sender.typename, id: 'caller-1' };
}

export function shortType(typename: string): string {
  return typename.slice(typename.lastIndexOf('/') + 1);
}

/** The topic whose records reach the function with this type; null when none does. */
export function topicOf(type: Typename, valueType: string, graph: Graph): string | null {
  return routersTo(type, graph).find((router) => router.valueType === valueType)?.topic ?? null;
}

function routersTo(type: Typename, graph: Graph) {
  return graph.nodes.flatMap((node) => (node.type === 'router' && node.targets.includes(type) ? [node] : []));
}

function sendersTo(type: Typename, facts: CodeFacts): readonly FunctionFact[] {
  return facts.functions.filter(({ sends }) => sends.some(({ to, target }) => to === type && target === 'function'));
}
