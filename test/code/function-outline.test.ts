import { describe, expect, test } from 'vitest';
import { canvasPicture } from '../../src/code/canvas-picture.ts';
import { fnRange, functionOutline, specName } from '../../src/code/function-outline.ts';
import { deriveContext } from '../../src/commands/derive.ts';
import { functionNode } from '../../src/model/graph-ids.ts';
import { textFile } from '../../src/model/project.ts';
import { loadExample } from '../support/load-example.ts';

const context = deriveContext({ files: loadExample('fraud-detection') }, null);

function functionOf(typename: string) {
  const fact = context.facts.functions.find((candidate) => candidate.typename === typename);
  if (fact === undefined) {
    throw new Error(`no ${typename} in the example`);
  }
  return { fact, text: textFile(context.project, fact.path) ?? '' };
}

describe('what is in a function', () => {
  test('states, messages in and out, and timers, in this order, each with its place', () => {
    const { fact, text } = functionOf('fraud/fraud-count');
    const entries = functionOutline(fact, text);
    expect(entries.map(({ kind, name, note }) => [kind, name, note])).toEqual([
      ['state', 'fraud_count', 'int'],
      ['in', 'ConfirmFraud', 'in'],
      ['in', 'ExpireFraud', 'in, self'],
      ['in', 'QueryFraud', 'in'],
      ['out', 'FraudCount', 'out'],
      ['timer', 'ExpireFraud', '30 d'],
    ]);
    const places = entries.map(({ range }) => text.slice(range.from, range.to));
    expect(places.slice(0, 4)).toEqual(["name: 'fraud_count'", '.is(ConfirmFraud)', '.is(ExpireFraud)', '.is(QueryFraud)']);
    expect(places[5]).toMatch(/^context\.sendAfter\(/);
  });

  test('the spec and its fn are found by the names that the code gives them', () => {
    const { fact, text } = functionOf('fraud/fraud-count');
    expect(specName(fact, text)).toBe('FraudCounter');
    const { from } = fnRange(fact, text);
    expect(text.slice(from, from + 11)).toBe('fn(context:');
  });
});

describe('the function among its neighbours', () => {
  test('who is asked and answers stands once, with both ways; a message to itself is a loop below', () => {
    const picture = canvasPicture(context.graph, functionNode('fraud/fraud-count'));
    expect(picture?.boxes.map(({ label, kind }) => [label, kind])).toEqual([
      ['confirm.', 'router'],
      ['manager', 'function'],
      ['count', 'function'],
    ]);
    expect(picture?.lines.map(({ origin }) => origin)).toEqual(['routed', 'may-send', 'may-send', 'delayed']);
    expect(picture?.more).toBe(0);
  });

  test('boxes do not overlap, whatever there is', () => {
    for (const node of context.graph.nodes) {
      const boxes = canvasPicture(context.graph, node.id)?.boxes ?? [];
      for (const [index, box] of boxes.entries()) {
        for (const other of boxes.slice(index + 1)) {
          const apart =
            box.x + box.width <= other.x ||
            other.x + other.width <= box.x ||
            box.y + box.height <= other.y ||
            other.y + other.height <= box.y;
          expect(apart, `${box.label} and ${other.label} of ${node.title}`).toBe(true);
        }
      }
    }
  });

  test('an item that is not on the canvas has no picture', () => {
    expect(canvasPicture(context.graph, functionNode('no/where'))).toBeNull();
  });
});
