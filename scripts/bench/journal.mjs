/**
 * What a finished run left in the database of its page: figures of its batches, and the requests that its functions were
 * asked. The functions given to `evaluate` run in the page, so each stands alone.
 */

/** Reads the only run there is. */
export async function readRun(page) {
  const facts = await page.evaluate(readFacts);
  return facts;
}

/** The requests of the run's calls, in order, as packed frames (src/base/frames.ts), one buffer a batch. */
export async function readRequests(page) {
  const buffers = [];
  for (let from = 0; ;) {
    const { packed, next } = await page.evaluate(readPacked, from);
    buffers.push(...packed.map((text) => Buffer.from(text, 'base64')));
    if (next === null) {
      return buffers;
    }
    from = next;
  }
}

async function readFacts() {
  const promised = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await promised(indexedDB.open('statefun-studio'));
  const [run, ...others] = await promised(database.transaction('runs').objectStore('runs').getAll());
  if (run === undefined || others.length > 0) {
    throw new Error(`one run is expected in the database, and there are ${others.length + (run === undefined ? 0 : 1)}`);
  }

  const unpack = (bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const count = view.getUint32(0, true);
    let at = 4 + 4 * count;
    return Array.from({ length: count }, (_, index) => {
      const length = view.getUint32(4 + 4 * index, true);
      at += length;
      return bytes.subarray(at - length, at);
    });
  };
  /** Calls `visit(field, from, to)` for each field of a protobuf message whose fields are all length-delimited. */
  const fields = (bytes, from, to, visit) => {
    let at = from;
    const varint = () => {
      let value = 0;
      for (let shift = 1; ; shift *= 128) {
        const byte = bytes[at];
        at += 1;
        value += (byte & 127) * shift;
        if (byte < 128) {
          return value;
        }
      }
    };
    while (at < to) {
      const tag = varint();
      if ((tag & 7) !== 2) {
        throw new Error(`a request holds a field of wire type ${tag & 7}`);
      }
      const length = varint();
      visit(tag >> 3, at, at + length);
      at += length;
    }
  };
  /** ToFunction.invocation is field 100, the messages of the batch its field 3. */
  const messagesOf = (request) => {
    let messages = 0;
    fields(request, 0, request.length, (field, from, to) => {
      if (field === 100) {
        fields(request, from, to, (inner) => (messages += inner === 3 ? 1 : 0));
      }
    });
    return messages;
  };
  /** FromFunction.invocation_result is field 100: its tag is these two bytes. */
  const isCompleted = (reply) => reply[0] === 0xa2 && reply[1] === 0x06;

  const facts = {
    latencyMillis: run.config.settings.callLatency,
    parallelism: run.config.settings.parallelism,
    checkpointIntervalMillis: run.config.settings.checkpointIntervalMillis,
    calls: 0,
    completedCalls: 0,
    messages: 0,
    largestCall: 0,
    batches: 0,
    largestBatch: 0,
    journalRecords: 0,
    requestBytes: 0,
    replyBytes: 0,
    traceEvents: 0,
    traceBytes: 0,
    storageBytes: 0,
  };
  const range = IDBKeyRange.bound([run.id], [run.id, []]);
  const eachValue = (store, visit) =>
    new Promise((resolve, reject) => {
      const request = database.transaction(store).objectStore(store).openCursor(range);
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const cursor = request.result;
        if (cursor === null) {
          resolve();
          return;
        }
        visit(cursor.value);
        cursor.continue();
      };
    });
  await eachValue('journal', (record) => {
    facts.journalRecords += 1;
    for (const entry of record.entries) {
      if (entry.type !== 'replies') {
        continue;
      }
      facts.batches += 1;
      facts.calls += entry.calls.length;
      facts.largestBatch = Math.max(facts.largestBatch, entry.calls.length);
      facts.requestBytes += entry.requests.length;
      facts.replyBytes += entry.replies.length;
      const replies = unpack(entry.replies);
      unpack(entry.requests).forEach((request, index) => {
        if (isCompleted(replies[index])) {
          const messages = messagesOf(request);
          facts.completedCalls += 1;
          facts.messages += messages;
          facts.largestCall = Math.max(facts.largestCall, messages);
        }
      });
    }
  });
  await eachValue('trace', (chunk) => {
    facts.traceEvents += chunk.count;
    facts.traceBytes += chunk.lines.length;
  });
  database.close();
  facts.storageBytes = (await navigator.storage.estimate()).usage ?? 0;
  return facts;
}

async function readPacked(from) {
  const promised = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const RECORDS = 20;
  const database = await promised(indexedDB.open('statefun-studio'));
  const [run] = await promised(database.transaction('runs').objectStore('runs').getAllKeys());
  const range = IDBKeyRange.bound([run, from], [run, []]);
  const records = await promised(database.transaction('journal').objectStore('journal').getAll(range, RECORDS));
  database.close();
  const toBase64 = (bytes) => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) {
      text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    }
    return btoa(text);
  };
  const replies = records.flatMap((record) => record.entries.filter((entry) => entry.type === 'replies'));
  return {
    packed: replies.map((entry) => toBase64(entry.requests)),
    next: records.length < RECORDS ? null : records.at(-1).ordinal + 1,
  };
}
