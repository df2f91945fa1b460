/** What function files get for node:http: a server that they start themselves does not listen, since this one serves them all. */
export * from 'node:http';

export function createServer() {
  const server = { address: () => null };
  for (const method of ['listen', 'close', 'on', 'once', 'setTimeout', 'ref', 'unref']) {
    server[method] = () => server;
  }
  return server;
}
