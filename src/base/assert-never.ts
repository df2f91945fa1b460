/** The compiler proves that a switch is exhaustive; reaching this at run time is a bug of ours. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
