import type { HttpAnswer } from '../../src/worker/remote/http-answer.ts';

export const ANSWER_LIMIT_BYTES: number;

export interface FunctionRequest {
  readonly url: string;
  /** Whose client it is to be taken for. */
  readonly transport: 'async' | 'okhttp';
  /** Real ms until it is given up. */
  readonly timeoutMillis: number;
  readonly body: Uint8Array;
  readonly signal: AbortSignal;
}

export interface FunctionClient {
  /** Never rejects. */
  post(request: FunctionRequest): Promise<HttpAnswer>;
  close(): void;
}

/** @param limitBytes of an answer, unpacked */
export function createFunctionClient(limitBytes?: number): FunctionClient;
