/** A sandbox worker as the session sees it, wherever it runs. */

export interface WorkerLink {
  send(message: object, transfer: Transferable[]): void;
  /** Sets the one listener. */
  listen(listener: (data: unknown) => void): void;
  /** Ends the worker; nothing more is heard of it. */
  close(): void;
  /** Resolves, if ever, when the worker is gone by itself, with why. */
  readonly failed: Promise<string>;
}

/** Starts a worker of the script made of these parts. Rejects when none can be had. */
export type OpenLink = (parts: readonly string[]) => Promise<WorkerLink>;

/** A script's error with its place in the script, as one text (it travels through the page as such). */
export function failureText(message: string, line: number, column: number): string {
  return line > 0 ? `${message} (line ${line}, column ${column})` : message;
}

export function readFailureText(text: string): { readonly message: string; readonly line: number; readonly column: number } {
  const match = /^([\s\S]*) \(line (\d+), column (\d+)\)$/.exec(text);
  return match === null
    ? { message: text, line: 0, column: 0 }
    : { message: match[1] ?? '', line: Number(match[2]), column: Number(match[3]) };
}
