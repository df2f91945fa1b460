/** F6 through the regions in the order of the screen, and Escape one level up. */
import { useView } from '../../state/document-store.ts';
import { useRun } from '../../state/run-store.ts';

function regions(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((region) => region.offsetParent !== null);
}

export function nextRegion(direction: 1 | -1): void {
  const all = regions();
  const inside = all.findLastIndex((region) => region.contains(document.activeElement));
  const from = inside === -1 && direction === -1 ? 0 : inside;
  all[(from + direction + all.length) % all.length]?.focus();
}

/** Focuses the first control of a region, once it is on the screen. */
export function focusRegion(name: string): void {
  requestAnimationFrame(() => {
    const region = regions().find((candidate) => candidate.dataset['region'] === name);
    const control = region?.querySelector<HTMLElement>('button, input, [tabindex="0"]');
    (control ?? region)?.focus();
  });
}

/** From a control to its region, from a message to none, from a selection to none. */
export function goUp(): void {
  const run = useRun.getState();
  const view = useView.getState();
  if (run.selectedEvent !== null) {
    run.selectEvent(null);
  } else if (view.selection.length > 0) {
    view.select([]);
  } else if (document.activeElement instanceof HTMLElement) {
    document.activeElement.closest<HTMLElement>('[data-region]')?.focus();
  }
}
