import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeId } from '../../src/base/ids.ts';
import { addComponent, type NewComponent } from '../../src/commands/add-component.ts';
import { addFunction } from '../../src/commands/add-function.ts';
import { addNote } from '../../src/commands/add-note.ts';
import { addRouter } from '../../src/commands/add-router.ts';
import { connect } from '../../src/commands/connect.ts';
import { convertDraft } from '../../src/commands/convert-draft.ts';
import { deleteItems } from '../../src/commands/delete-items.ts';
import { collectProblems, deriveContext } from '../../src/commands/derive.ts';
import { duplicateItems } from '../../src/commands/duplicate-items.ts';
import { moveNodes } from '../../src/commands/move-nodes.ts';
import { renameItem } from '../../src/commands/rename-item.ts';
import { setStandIn } from '../../src/commands/set-stand-in.ts';
import { writeFunction } from '../../src/commands/write-function.ts';
import type { CommandContext, CommandResult } from '../../src/model/command.ts';
import { FRAUD_FILES } from '../support/fraud-code.ts';
import { FRAUD_MODULE, StudioDriver } from '../support/studio-driver.ts';

/** What a user may do; `a` and `b` pick items, whatever there is at that moment. */
interface Act {
  readonly type: 'undo' | 'redo' | keyof typeof COMMANDS;
  readonly a: number;
  readonly b: number;
}

const COMPONENTS: readonly NewComponent[] = [
  'kafka-ingress',
  'kinesis-ingress',
  'custom-ingress',
  'kafka-egress',
  'kinesis-egress',
  'custom-egress',
  'endpoint',
];

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];
const node = (context: CommandContext, index: number) => pick(context.graph.nodes, index)?.id ?? nodeId('note:none');
const fn = (context: CommandContext, index: number) =>
  pick(
    context.graph.nodes.filter((item) => item.type === 'function'),
    index,
  );
const refused: CommandResult = { ok: false, error: [] };

const COMMANDS = {
  component: (context, a) => addComponent(context, { component: pick(COMPONENTS, a) ?? 'endpoint', at: { x: a, y: a } }),
  function: (context, a) => addFunction(context, { at: { x: a, y: a } }),
  note: (context, a, b) => addNote(context, { at: { x: a, y: b } }),
  draft: (context, a) => addRouter(context, { ingress: null, topic: `t-${a}`, at: { x: 0, y: 0 } }),
  router: (context, a) => addRouter(context, { ingress: node(context, a) }),
  connect: (context, a, b) => connect(context, { from: node(context, a), to: node(context, b) }),
  convert: (context, a, b) => convertDraft(context, { node: node(context, a), ingress: node(context, b) }),
  remove: (context, a, b) => deleteItems(context, { nodes: [node(context, a), node(context, b)] }),
  cut: (context, a) => deleteItems(context, { nodes: [], edges: context.graph.edges.slice(a % 5, (a % 5) + 1).map((edge) => edge.id) }),
  duplicate: (context, a, b) => duplicateItems(context, { nodes: [node(context, a), node(context, b)] }),
  move: (context, a, b) => moveNodes(context, { moves: [{ node: node(context, a), x: b, y: b }] }),
  rename: (context, a, b) => renameItem(context, { node: node(context, a), to: b % 3 === 0 ? `renamed-${b}` : `other/renamed-${b}` }),
  standIn: (context, a, b) => {
    const from = fn(context, a);
    const to = fn(context, b);
    return from?.type !== 'function' || to?.type !== 'function'
      ? refused
      : setStandIn(context, { typename: from.typename, standIn: { forwardTo: { type: 'function', typename: to.typename } } });
  },
  write: (context, a) => {
    const target = fn(context, a);
    return target?.type === 'function' ? writeFunction(context, { typename: target.typename }) : refused;
  },
} as const satisfies Readonly<Record<string, (context: CommandContext, a: number, b: number) => CommandResult>>;

const act: fc.Arbitrary<Act> = fc.record({
  type: fc.constantFrom('undo' as const, 'redo' as const, ...(Object.keys(COMMANDS) as (keyof typeof COMMANDS)[])),
  a: fc.nat(40),
  b: fc.nat(40),
});

const LEGACY = `version: "3.0"
module:
  meta: {type: remote}
  spec:
    endpoints:
      - endpoint:
          meta: {kind: http}
          spec: {functions: fraud/*, urlPathTemplate: "http://h:80/"}
    ingresses:
      # The only one.
      - ingress:
          meta: {type: io.statefun.kafka/ingress, id: fraud/in}
          spec:
            address: h:9092
            consumerGroupId: g
            topics:
            - topic: t
              valueType: a/b
              targets: [fraud/fraud-count, fraud/model]
`;

const START: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'module.yaml': FRAUD_MODULE, ...FRAUD_FILES, 'studio.json': '{"mine": true}\n', 'stubs/bank.yaml': '[]' },
  { 'module.yaml': LEGACY, ...FRAUD_FILES },
  { 'module.yaml': `# Mine\r\n${FRAUD_MODULE.replaceAll('\n', '\r\n')}` },
];

function perform(studio: StudioDriver, { type, a, b }: Act): void {
  if (type === 'undo') {
    studio.undo();
  } else if (type === 'redo') {
    studio.redo();
  } else {
    studio.run((context) => COMMANDS[type](context, a, b));
  }
}

const plain = (context: CommandContext) => ({ ...context, problems: collectProblems(context) });

test('whatever is done, undoing it all gives back the same bytes', () => {
  fc.assert(
    fc.property(fc.constantFrom(...START), fc.array(act, { maxLength: 12 }), (files, acts) => {
      const studio = new StudioDriver(files);
      acts.forEach((step) => perform(studio, step));
      while (studio.undo());
      expect(studio.files).toEqual(files);
    }),
    { numRuns: 120 },
  );
});

test('whatever is done, the views are those that the files alone would give', () => {
  fc.assert(
    fc.property(fc.constantFrom(...START), fc.array(act, { maxLength: 12 }), (files, acts) => {
      const studio = new StudioDriver(files);
      for (const step of acts) {
        perform(studio, step);
        expect(plain(studio.context)).toEqual(plain(deriveContext(studio.context.project, null)));
      }
    }),
    { numRuns: 60 },
  );
});

test('whatever is done, every name stands once on the canvas and every place belongs to something', () => {
  fc.assert(
    fc.property(fc.constantFrom(...START), fc.array(act, { maxLength: 12 }), (files, acts) => {
      const studio = new StudioDriver(files);
      for (const step of acts) {
        perform(studio, step);
        expect(studio.context.moduleCurrent).toBe(true);
        expect(studio.nodes).toHaveLength(new Set(studio.nodes).size);
        const ids = studio.context.graph.edges.flatMap((edge) => [edge.from, edge.to]);
        const placed = Object.keys(studio.context.studio.positions);
        expect([...ids, ...placed].filter((id) => !studio.nodes.includes(id))).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
});
