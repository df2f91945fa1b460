/** Acts on a project as the page does: runs commands, applies their edits, keeps the history, derives the views. */
import { filePath } from '../../src/base/ids.ts';
import { deriveContext } from '../../src/commands/derive.ts';
import type { CommandContext, CommandResult } from '../../src/model/command.ts';
import { applyEdits } from '../../src/model/edit.ts';
import { EMPTY_HISTORY, record, redo, undo, type HistoryMove, type HistoryState } from '../../src/model/history.ts';
import { projectOf, textFile } from '../../src/model/project.ts';

export class StudioDriver {
  context: CommandContext;
  history: HistoryState = EMPTY_HISTORY;

  constructor(files: Readonly<Record<string, string>>) {
    this.context = deriveContext(projectOf(files), null);
  }

  /** Runs a command; gives the messages of its problems, or none when it was done. */
  run(command: (context: CommandContext) => CommandResult): readonly string[] {
    const result = command(this.context);
    if (!result.ok) {
      return result.error.map((problem) => problem.message);
    }
    this.history = record(this.history, this.context.project, 'Step', result.value);
    this.context = deriveContext(applyEdits(this.context.project, result.value), this.context);
    return [];
  }

  undo(): boolean {
    return this.#move(undo(this.history));
  }

  redo(): boolean {
    return this.#move(redo(this.history));
  }

  text(path: string): string | null {
    return textFile(this.context.project, filePath(path));
  }

  get files(): Readonly<Record<string, string | Uint8Array>> {
    return Object.fromEntries(this.context.project.files);
  }

  get nodes(): readonly string[] {
    return this.context.graph.nodes.map((node) => node.id);
  }

  get edges(): readonly string[] {
    return this.context.graph.edges.map((edge) => edge.id);
  }

  #move(move: HistoryMove | null): boolean {
    if (move === null) {
      return false;
    }
    this.history = move.state;
    this.context = deriveContext(applyEdits(this.context.project, move.edits), this.context);
    return true;
  }
}

export const FRAUD_MODULE = `kind: io.statefun.endpoints.v2/http
spec:
  functions: fraud/*
  urlPathTemplate: http://functions:8000/statefun
---
kind: io.statefun.kafka.v1/ingress
spec:
  id: fraud/transactions
  address: kafka:9092
  consumerGroupId: fraud
  topics:
    - topic: transactions
      valueType: fraud/transaction
      targets:
        - fraud/transaction-manager
---
kind: io.statefun.kafka.v1/ingress
spec:
  id: fraud/confirmations
  address: kafka:9092
  consumerGroupId: fraud
  topics: []
---
kind: io.statefun.kafka.v1/egress
spec:
  id: fraud/alerts
  address: kafka:9092
`;
