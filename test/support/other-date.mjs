/** Loaded into a Node process before anything else: there it is another day, eleven years on. */
const Real = Date;
const SHIFT = 11 * 365 * 86_400_000;

globalThis.Date = class extends Real {
  constructor(...args) {
    super(...(args.length === 0 ? [Real.now() + SHIFT] : args));
  }
  static now() {
    return Real.now() + SHIFT;
  }
};
