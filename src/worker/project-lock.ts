/** One writer a project, over all tabs of the browser: a Web Lock held for as long as the project is open. */

export interface ProjectLock {
  release(): void;
}

export interface LockManagerLike {
  request(name: string, options: LockOptions, callback: (lock: Lock | null) => Promise<void> | void): Promise<unknown>;
}

/**
 * Takes the lock, or gives null when another tab has it. With `steal` the other tab loses it; else what holds it has `patience`
 * milliseconds to let it go: a page that is loaded again comes while its own worker of before still ends. `onLost` is called when another
 * tab steals it from us.
 */
export function acquireProjectLock(
  locks: LockManagerLike,
  project: string,
  options: { readonly steal: boolean; readonly patience: number; readonly onLost: () => void },
): Promise<ProjectLock | null> {
  return new Promise((resolve, reject) => {
    let held = false;
    let released = false;
    const request: LockOptions = options.steal ? { steal: true } : { signal: AbortSignal.timeout(options.patience) };
    locks
      .request(`statefun-studio:project:${project}`, request, () => {
        held = true;
        return new Promise<void>((end) => {
          resolve({
            release() {
              released = true;
              end();
            },
          });
        });
      })
      .catch((error: unknown) => {
        if (!held && request.signal?.aborted === true) {
          resolve(null);
        } else if (!held) {
          reject(error);
        } else if (!released) {
          options.onLost();
        }
      });
  });
}
