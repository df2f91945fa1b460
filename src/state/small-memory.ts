/** Small things that outlive the page. The shell says where they are kept (`app/local-memory.ts`); without a shell nothing is. */
export interface SmallMemory {
  recall(key: string): string | null;
  remember(key: string, value: string | null): void;
}

let memory: SmallMemory = { recall: () => null, remember: () => {} };

export function setSmallMemory(next: SmallMemory): void {
  memory = next;
}

export function smallMemory(): SmallMemory {
  return memory;
}
