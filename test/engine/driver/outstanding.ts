/**
 * Which messages the engine has taken and not yet finished, by address: what its operator was seen to take, less what it was seen to
 * complete. Valid within an attempt of the job; a restart begins anew.
 */
import type { AddressText } from '../recording.ts';
import type { ControlEvent } from './control-client.ts';

export class Outstanding {
  private readonly taken = new Map<AddressText, number>();
  /** Records fed and not yet seen to arrive: target and argument. */
  private readonly expected = new Map<string, number>();
  /** Those of `expected` that functions have sent. */
  private readonly sent = new Set<string>();

  /** A record was fed, or an answer sends, what a target will get. */
  expect(target: AddressText, argument: Uint8Array, by: 'record' | 'function' = 'record'): void {
    const key = arrival(target, Buffer.from(argument).toString('base64'));
    if (by === 'function') {
      this.sent.add(key);
    }
    this.expected.set(key, (this.expected.get(key) ?? 0) + 1);
  }

  saw(event: ControlEvent): void {
    const target = String(event['target']);
    switch (event['kind']) {
      case 'message': {
        this.taken.set(target, (this.taken.get(target) ?? 0) + 1);
        this.arrived(arrival(target, String(event['argument'])));
        break;
      }
      case 'first-answer':
      case 'completion':
        if (event['outcome'] === 'success' && event['incomplete'] !== true) {
          // What a restart sent again was taken in an earlier attempt.
          this.taken.set(target, Math.max(0, (this.taken.get(target) ?? 0) - Number(event['batch'])));
        }
        break;
    }
  }

  /** What answers have sent is sent again, or not. */
  restart(): void {
    this.taken.clear();
    for (const key of this.sent) {
      this.expected.delete(key);
    }
    this.sent.clear();
  }

  /** No record that was fed is still to arrive, nothing is taken and not completed, but for these addresses. */
  none(except: (target: AddressText) => boolean): boolean {
    return this.expected.size === 0 && [...this.taken].every(([target, count]) => count === 0 || except(target));
  }

  text(): string {
    const taken = [...this.taken].filter(([, count]) => count > 0).map(([target, count]) => `${count} at ${target}`);
    return `not arrived: ${[...this.expected.keys()].join(', ') || 'none'}; not completed: ${taken.join(', ') || 'none'}`;
  }

  private arrived(key: string): void {
    const left = (this.expected.get(key) ?? 0) - 1;
    if (left > 0) {
      this.expected.set(key, left);
    } else {
      this.expected.delete(key);
    }
  }
}

function arrival(target: AddressText, argument: string): string {
  return `${target} ${argument}`;
}
