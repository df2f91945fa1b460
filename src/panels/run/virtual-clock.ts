/** Virtual time in words. Days count from 1 at the start of the run, whatever date the run pretends to start on. */
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `Day 3 04:12:09.250`: always as wide as its day number needs, so that a running clock does not shake. */
export function formatClock(at: number, startAt: number): string {
  return `${formatDay(at, startAt)} ${formatTimeOfDay(at, startAt)}`;
}

export function formatDay(at: number, startAt: number): string {
  return `Day ${Math.floor((at - startAt) / DAY) + 1}`;
}

/** `04:12:09.250` since the day began; days begin when the run began. */
export function formatTimeOfDay(at: number, startAt: number): string {
  const elapsed = Math.floor(at - startAt);
  const inDay = elapsed - Math.floor(elapsed / DAY) * DAY;
  const hours = Math.floor(inDay / HOUR);
  const minutes = Math.floor((inDay % HOUR) / MINUTE);
  const seconds = Math.floor((inDay % MINUTE) / SECOND);
  return `${pad(hours, 2)}:${pad(minutes, 2)}:${pad(seconds, 2)}.${pad(inDay % SECOND, 3)}`;
}

/** The two largest units of a length of time: `250 ms`, `3.1 s`, `4 min 5 s`, `30 d`, `30 d 4 h`. */
export function formatDuration(millis: number): string {
  if (millis < 0) {
    return `minus ${formatDuration(-millis)}`;
  }
  const whole = Math.round(millis);
  if (whole < SECOND) {
    return `${whole} ms`;
  }
  if (whole < MINUTE) {
    return `${trimZero((Math.floor(whole / 100) / 10).toFixed(1))} s`;
  }
  if (whole < HOUR) {
    return joined(whole, MINUTE, 'min', SECOND, 's');
  }
  return whole < DAY ? joined(whole, HOUR, 'h', MINUTE, 'min') : joined(whole, DAY, 'd', HOUR, 'h');
}

function joined(millis: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((millis % large) / small);
  const head = `${Math.floor(millis / large)} ${largeName}`;
  return rest === 0 ? head : `${head} ${rest} ${smallName}`;
}

function trimZero(text: string): string {
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
