/**
 * The names that user code may see on the global object; everything else is deleted, along its whole prototype chain.
 * Left out on purpose: WeakRef and FinalizationRegistry (they show garbage collection), SharedArrayBuffer and Atomics
 * (clocks made of shared memory), WebAssembly (shared memory again), Temporal (real time), Worker, and all input and output.
 */
export const allowedGlobals: readonly string[] = [
  'Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp',
  'Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError SuppressedError DOMException',
  'DisposableStack AsyncDisposableStack globalThis JSON Math Intl ArrayBuffer DataView',
  'Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float16Array Float32Array Float64Array',
  'Uint8ClampedArray BigUint64Array BigInt64Array Map BigInt Set Iterator WeakMap WeakSet Proxy Reflect',
  'decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape eval isFinite isNaN self',
  'structuredClone atob btoa TextEncoder TextDecoder URL URLSearchParams',
  // What the SDK and its protobuf library use as globals.
  'global Buffer proto',
]
  .join(' ')
  .split(' ');
