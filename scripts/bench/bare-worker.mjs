/**
 * The bare loop: the official SDK's handler over the requests of a recorded run, with nothing around it. Uses the
 * sandbox's Buffer, and answers `fetch` at once with what the merchant stub answers; console lines go nowhere.
 */
import '../../src/sandbox/worker/fast-buffer.ts';
import { StateFun } from 'apache-flink-statefun';
import { unpackFrames } from '../../src/base/frames.ts';

const functions = import.meta.glob(['../../src/examples/fraud-detection/project/functions/*.ts', '!**/types.ts'], { eager: true });

globalThis.fetch = async () => ({ ok: true, status: 200, json: async () => ({ score: 8 }) });
console.log = () => undefined;

class Answer {
  status = 0;
  body = null;
  writeHead(status) {
    this.status = status;
  }
  end(body) {
    this.body = body;
  }
}

async function pass(statefun, requests) {
  let longest = 0;
  const start = performance.now();
  for (const request of requests) {
    const answer = new Answer();
    const begin = performance.now();
    await statefun.handle([request], answer);
    if (answer.status !== 200) {
      throw new Error(`the handler answered ${answer.status}`);
    }
    longest = Math.max(longest, performance.now() - begin);
  }
  return { millis: performance.now() - start, longest };
}

globalThis.onmessage = async ({ data: { packed, passes } }) => {
  try {
    const statefun = new StateFun();
    for (const options of Object.values(functions).flatMap(Object.values)) {
      statefun.bind(options);
    }
    const requests = packed.flatMap((buffer) => unpackFrames(new Uint8Array(buffer)));
    await pass(statefun, requests);
    const results = [];
    for (let index = 0; index < passes; index += 1) {
      results.push(await pass(statefun, requests));
    }
    postMessage({ results });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
