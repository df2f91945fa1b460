/**
 * The seeded choices of a run, each from what it is for (address, ordinal of the call, attempt), never from a stream
 * that everything shares: what one function does leaves no mark on another's numbers (R1).
 */
import { hash32, randomStream } from '../base/random.ts';

/** What all choices of an address derive from. */
export function addressSeed(seed: string, typename: string, id: string): number {
  return hash32(`${seed}\u0000${typename}\u0000${id}`);
}

/** Seeds what the function sees: Math.random and crypto of this call. */
export function callSeed(address: number, ordinal: number, attempt: number): number {
  return mix(address, ordinal, attempt, 1);
}

/**
 * Virtual duration of a call in whole ms: at least `minMillis`, exponentially distributed above it with the mean that
 * the settings name, cut at twenty times that.
 */
export function drawLatency(
  address: number,
  ordinal: number,
  attempt: number,
  latency: { readonly minMillis: number; readonly meanMillis: number },
): number {
  const min = minimumLatency(latency);
  const spread = latency.meanMillis - min;
  if (spread <= 0) {
    return min;
  }
  const chance = randomStream(mix(address, ordinal, attempt, 2)).next();
  return min + Math.min(Math.round(-Math.log(1 - chance) * spread), Math.ceil(spread * 20));
}

/** L of the lookahead: no call takes less. */
export function minimumLatency(latency: { readonly minMillis: number }): number {
  return Math.max(1, Math.ceil(latency.minMillis));
}

function mix(address: number, ordinal: number, attempt: number, purpose: number): number {
  let hash = address ^ Math.imul(ordinal, 0x9e3779b1) ^ Math.imul(attempt, 0x85ebca77) ^ Math.imul(purpose, 0xc2b2ae3d);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
