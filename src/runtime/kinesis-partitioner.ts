/** Kinesis' own rule: the MD5 of the partition key is a number of 128 bits, and the shards split the numbers evenly. */
import { encodeUtf8 } from '../base/text-encoding.ts';
import { md5 } from './md5.ts';

const HASH_KEYS = 1n << 128n;

/** `explicitHashKey`: a decimal number that the record names instead of its key's hash; anything else is not one. */
export function shardOfKey(key: string, explicitHashKey: string | null, shards: number): number {
  if (shards === 1) {
    return 0;
  }
  const named = explicitHashKey !== null && /^\d{1,39}$/.test(explicitHashKey) ? BigInt(explicitHashKey) : null;
  const hash = named !== null && named < HASH_KEYS ? named : hashKey(key);
  const shard = Number(hash / (HASH_KEYS / BigInt(shards)));
  return Math.min(shard, shards - 1);
}

/** The hash key of a partition key. */
export function hashKey(key: string): bigint {
  return md5(encodeUtf8(key)).reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}
