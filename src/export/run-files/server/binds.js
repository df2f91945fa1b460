/**
 * Made by the export of StateFun Studio. Imported before any function file.
 *
 * Remembers what files bind to a StateFun of their own: those functions are served too. And a server that a file starts itself, as for
 * running it alone, does not listen: this one serves them all.
 */
import { Server } from 'node:net';
import { StateFun } from 'apache-flink-statefun';

export const binds = [];

const bind = StateFun.prototype.bind;
const listen = Server.prototype.listen;

/** Binds without being remembered. */
export function bindTo(statefun, spec) {
  bind.call(statefun, spec);
}

/** Listens, as only this server does. */
export function listenOn(server, port, host, ready) {
  listen.call(server, { port, ...(host === undefined || host === '' ? {} : { host }) }, ready);
}

StateFun.prototype.bind = function rememberedBind(spec) {
  bind.call(this, spec);
  binds.push(spec);
};

Server.prototype.listen = function doesNotListen() {
  return this;
};
