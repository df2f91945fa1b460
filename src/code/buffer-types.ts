/** Node's Buffer as its package for browsers has it: what the SDK's custom types are made of. */

const INTEGERS = ['Int8', 'UInt8', ...['Int16', 'UInt16', 'Int32', 'UInt32'].flatMap(withOrder)];
const BIG_INTEGERS = ['BigInt64', 'BigUInt64'].flatMap(withOrder);
const FLOATS = ['Float', 'Double'].flatMap(withOrder);
/** Of one to six bytes. */
const LONG = ['Int', 'UInt'].flatMap(withOrder);

function withOrder(name: string): readonly string[] {
  return [`${name}BE`, `${name}LE`];
}

function accessors(names: readonly string[], type: string): string {
  return names
    .map((name) => `  read${name}(offset?: number): ${type};\n  write${name}(value: ${type}, offset?: number): number;\n`)
    .join('');
}

function longAccessors(name: string): string {
  return `  read${name}(offset: number, byteLength: number): number;\n  write${name}(value: number, offset: number, byteLength: number): number;\n`;
}

export const BUFFER_GLOBALS = `
type BufferEncoding = 'utf8' | 'utf-8' | 'hex' | 'base64' | 'base64url' | 'ascii' | 'latin1' | 'binary' | 'utf16le' | 'utf-16le' | 'ucs2' | 'ucs-2';
interface Buffer extends Uint8Array<ArrayBuffer> {
  toString(encoding?: BufferEncoding, start?: number, end?: number): string;
  toJSON(): { type: 'Buffer'; data: number[] };
  write(text: string, encoding?: BufferEncoding): number;
  write(text: string, offset: number, encoding?: BufferEncoding): number;
  write(text: string, offset: number, length: number, encoding?: BufferEncoding): number;
  equals(other: Uint8Array): boolean;
  compare(other: Uint8Array, otherStart?: number, otherEnd?: number, start?: number, end?: number): -1 | 0 | 1;
  copy(target: Uint8Array, targetStart?: number, start?: number, end?: number): number;
  slice(start?: number, end?: number): Buffer;
  subarray(start?: number, end?: number): Buffer;
  fill(value: string | Uint8Array | number, offset?: number, end?: number, encoding?: BufferEncoding): this;
  fill(value: string | Uint8Array, encoding: BufferEncoding): this;
  indexOf(value: string | number | Uint8Array, offset?: number, encoding?: BufferEncoding): number;
  lastIndexOf(value: string | number | Uint8Array, offset?: number, encoding?: BufferEncoding): number;
  includes(value: string | number | Uint8Array, offset?: number, encoding?: BufferEncoding): boolean;
  swap16(): Buffer;
  swap32(): Buffer;
  swap64(): Buffer;
${accessors([...INTEGERS, ...FLOATS], 'number')}${accessors(BIG_INTEGERS, 'bigint')}${LONG.map(longAccessors).join('')}}
declare var Buffer: {
  from(text: string, encoding?: BufferEncoding): Buffer;
  from(bytes: ArrayBufferLike, offset?: number, length?: number): Buffer;
  from(values: ArrayLike<number>): Buffer;
  alloc(size: number, fill?: string | Uint8Array | number, encoding?: BufferEncoding): Buffer;
  allocUnsafe(size: number): Buffer;
  concat(list: readonly Uint8Array[], length?: number): Buffer;
  byteLength(text: string | ArrayBufferView | ArrayBufferLike, encoding?: BufferEncoding): number;
  compare(one: Uint8Array, other: Uint8Array): -1 | 0 | 1;
  isBuffer(value: unknown): value is Buffer;
  isEncoding(encoding: string): encoding is BufferEncoding;
};
`;
