import { describe, expect, it } from 'vitest';
import { edgeId } from '../../src/base/ids.ts';
import type { EdgeId } from '../../src/base/ids.ts';
import { DotField, newMessages, travelTime } from '../../src/canvas/run-layer/dot-field.ts';
import { RateMeter } from '../../src/canvas/run-layer/rate-meter.ts';
import { countText, heatOf, rateText } from '../../src/canvas/run-layer/run-words.ts';
import { observedEdges } from '../../src/canvas/run-layer/write-numbers.ts';
import { functionNode, egressNode, edgeParts, messageEdge, routerNode } from '../../src/model/graph-ids.ts';

const EDGE = edgeId('function:a/x>function:a/y');

function counts(count: number): ReadonlyMap<EdgeId, number> {
  return new Map([[EDGE, count]]);
}

/** A run at a speed: a projection each 50 ms of real time, `perVirtual` messages a virtual second. */
function runFor(meter: RateMeter, seconds: number, speed: number, perVirtual: number): void {
  for (let real = 0; real <= seconds * 1000; real += 50) {
    const virtual = real * speed;
    meter.add({ virtual, real, counts: counts(Math.floor((virtual / 1000) * perVirtual)) });
  }
}

describe('RateMeter', () => {
  it('tells messages per virtual second, whatever the speed of the run', () => {
    for (const speed of [0.5, 1, 10]) {
      const meter = new RateMeter();
      runFor(meter, 10, speed, 40);
      expect(meter.perVirtualSecond(EDGE)).toBeGreaterThan(39);
      expect(meter.perVirtualSecond(EDGE)).toBeLessThan(41);
    }
  });

  it('tells messages per real second, which follow the speed', () => {
    const meter = new RateMeter();
    runFor(meter, 10, 10, 40);
    const rate = meter.perRealSecond(EDGE, 10_000);
    expect(rate).toBeGreaterThan(380);
    expect(rate).toBeLessThan(420);
  });

  it('M2 keeps the virtual rate while time stands, and lets the real one fall to nothing', () => {
    const meter = new RateMeter();
    runFor(meter, 5, 1, 40);
    const before = meter.perVirtualSecond(EDGE);
    expect(meter.perRealSecond(EDGE, 8000)).toBe(0);
    expect(meter.perVirtualSecond(EDGE)).toBe(before);
  });

  it('M1 starts anew when a counter falls', () => {
    const meter = new RateMeter();
    runFor(meter, 5, 1, 40);
    meter.add({ virtual: 0, real: 5100, counts: counts(0) });
    expect(meter.perVirtualSecond(EDGE)).toBeNull();
    meter.add({ virtual: 1000, real: 6100, counts: counts(7) });
    expect(meter.perVirtualSecond(EDGE)).toBe(7);
  });

  it('knows nothing of an edge that carried nothing', () => {
    const meter = new RateMeter();
    runFor(meter, 2, 1, 40);
    expect(meter.perVirtualSecond(edgeId('function:a/x>function:a/z'))).toBe(0);
  });
});

describe('DotField', () => {
  it('moves a dot from the start to the end of its way, then forgets it', () => {
    const dots = new DotField();
    dots.add(EDGE, 1, 1000, 600);
    expect(dots.at(1000)).toEqual([{ edge: EDGE, share: 0 }]);
    expect(dots.at(1300)).toEqual([{ edge: EDGE, share: 0.5 }]);
    expect(dots.at(1600)).toEqual([]);
    expect(dots.isEmpty).toBe(true);
  });

  it('sets several messages of one frame apart', () => {
    const dots = new DotField();
    dots.add(EDGE, 3, 0, 600);
    const shares = dots.at(300).map(({ share }) => share);
    expect(new Set(shares).size).toBe(3);
  });

  it('takes no longer than 600 ms at any speed', () => {
    for (const speed of [0.5, 1, 2, 10, 100]) {
      expect(travelTime(speed)).toBeLessThanOrEqual(600);
      expect(travelTime(speed)).toBeGreaterThan(100);
    }
  });

  it('counts only what is new since the projection before', () => {
    expect(newMessages(counts(5), null)).toEqual(new Map());
    expect(newMessages(counts(5), counts(5))).toEqual(new Map());
    expect(newMessages(counts(7), counts(5))).toEqual(new Map([[EDGE, 2]]));
  });
});

describe('the words of a run', () => {
  it('groups thousands and rounds rates to what they say', () => {
    expect(countText(1_234_567)).toBe('1\u2009234\u2009567');
    expect(rateText(5.14)).toBe('5.1/s');
    expect(rateText(1204.4)).toBe('1\u2009204/s');
  });

  it('warms up over half, over four fifths, and when full', () => {
    expect([0, 0.5, 0.51, 0.8, 0.81, 0.99, 1, 3].map(heatOf)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  });

  it('names the edges that only the run has shown', () => {
    const other = edgeId('function:a/y>egress:a/out');
    const projection = {
      edges: new Map([
        [EDGE, 3],
        [other, 1],
      ]),
    };
    expect(observedEdges(projection, new Set([EDGE]))).toEqual([other]);
  });
});

describe('edgeParts', () => {
  it('takes apart what messageEdge puts together', () => {
    const x = functionNode('a/x');
    const out = egressNode('a/out');
    const router = routerNode('a/in', 'topic.one');
    expect(edgeParts(messageEdge(x, out))).toEqual({ from: x, to: out });
    expect(edgeParts(messageEdge(x, x, true))).toEqual({ from: x, to: x });
    expect(edgeParts(messageEdge(router, x))).toEqual({ from: router, to: x });
    expect(edgeParts(edgeId('nothing'))).toBeNull();
  });
});
