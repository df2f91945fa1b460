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

export type FunctionAnswer =
  | {
      readonly type: 'answered';
      readonly status: number;
      readonly contentType: string | null;
      /** Where a redirect points. */
      readonly location: string | null;
      readonly body: Uint8Array;
    }
  /** No connection came about, in the words of whoever tried. */
  | { readonly type: 'refused'; readonly message: string }
  | { readonly type: 'dropped'; readonly message: string }
  | { readonly type: 'no-answer'; readonly limitMillis: number };

export interface FunctionClient {
  /** Never rejects. */
  post(request: FunctionRequest): Promise<FunctionAnswer>;
  close(): void;
}

/** @param limitBytes of an answer, unpacked */
export function createFunctionClient(limitBytes?: number): FunctionClient;
