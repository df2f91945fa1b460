/** The app's worker as far as sandboxes go: the real host over the real ports. */
import { createBrowserHost } from '../../../src/sandbox/host/browser-host.ts';
import type { LoadReport } from '../../../src/sandbox/sandbox-api.ts';
import type { CallReply } from '../../../src/protocol/call.ts';
import type { PageEvent } from '../../../src/worker/contract.ts';
import { createPagePorts } from '../../../src/worker/sandbox-ports.ts';
import { callOf, compile, told } from '../sandbox-calls.ts';
import type { CallShape, Sources } from '../sandbox-calls.ts';

export interface Command {
  readonly type: 'run';
  readonly command: number;
  readonly sources: Sources;
  readonly limit: number;
  readonly batches: readonly (readonly CallShape[])[];
}

export interface Answer {
  readonly type: 'answer';
  readonly command: number;
  readonly report: LoadReport;
  readonly replies: readonly {
    readonly outcome: CallReply['outcome'];
    readonly told: readonly unknown[];
    readonly logs: CallReply['logs'];
  }[];
}

const ports = createPagePorts((event) => self.postMessage(event));
const host = createBrowserHost(ports);

self.onmessage = (event: MessageEvent<Command | PageEvent>) => {
  const message = event.data;
  if (message.type === 'sandbox-port' || message.type === 'sandbox-failed') {
    ports.onPageEvent(message);
  } else if (message.type === 'run') {
    void run(message);
  }
};

async function run({ command, sources, limit, batches }: Command): Promise<void> {
  const { bundle } = await compile(sources);
  const sandbox = await host.start(bundle, { invocationLimitMillis: limit });
  const replies: CallReply[] = [];
  for (const batch of batches) {
    replies.push(...(await sandbox.invoke(batch.map((shape, index) => callOf(shape, index + 1)))));
  }
  const answer: Answer = {
    type: 'answer',
    command,
    report: sandbox.report,
    replies: replies.map((reply) => ({
      outcome: reply.outcome,
      told: reply.outcome.type === 'replied' ? told(reply) : [],
      logs: reply.logs,
    })),
  };
  sandbox.close();
  self.postMessage(answer);
}
