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

  /** A record was fed that a target will get. */
  expect(target: AddressText, argument: Uint8Array): void {
    const key = arrival(target, Buffer.from(argument).toString('base64'));
    this.expected.set(key, (this.expected.get(key) ?? 0) + 1);
  }

  saw(event: ControlEvent): void {
    const target = String(event['target']);
    switch (event['kind']) {
      case 'message': {
        this.taken.set(target, (this.taken.get(target) ?? 0) + 1);
        if (event['origin'] === 'input') {
          this.arrived(arrival(target, String(event['argument'])));
        }
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

  restart(): void {
    this.taken.clear();
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
