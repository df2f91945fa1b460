/** The first sign of someone at the page: what only they would miss is loaded from then on. */
const SIGNS = ['pointerdown', 'click', 'keydown', 'wheel', 'dragenter'] as const;

/** Resolves at the first input that `target` hears of. */
export function firstInput(target: EventTarget): Promise<void> {
  return new Promise((resolve) => {
    const heard = () => {
      SIGNS.forEach((sign) => target.removeEventListener(sign, heard, { capture: true }));
      resolve();
    };
    SIGNS.forEach((sign) => target.addEventListener(sign, heard, { capture: true, passive: true }));
  });
}
