/** Remembers what files bind to a StateFun of their own: those functions are served too. Imported before any function file. */
import { StateFun } from 'apache-flink-statefun';

export const binds = [];

const bind = StateFun.prototype.bind;

/** Binds without being remembered. */
export function bindTo(statefun, spec) {
  bind.call(statefun, spec);
}

StateFun.prototype.bind = function rememberedBind(spec) {
  bind.call(this, spec);
  binds.push(spec);
};
