import { describe, expect, it } from 'vitest';
import { virtualTime } from '../../src/base/ids.ts';
import { loadExample } from '../support/load-example.ts';
import { addressesOf, intStates, openProject, startRun, topicValues } from '../support/run-in-node.ts';
import { greetings, makeGreeterInput } from '../support/straight-line/greeter.ts';
import { makeShopInput, shopOutcome } from '../support/straight-line/shopping-cart.ts';
import { withFeeds } from '../support/straight-line/timed-input.ts';

describe('the greeter', () => {
  it('greets each visitor by the number of visits', async () => {
    const input = makeGreeterInput(5, 60);
    const run = startRun(await openProject(withFeeds(loadExample('greeter'), input)));
    await run.advanceTo(60_000);
    run.close();
    const written = new Map<string, string[]>();
    for (const { name, text } of topicValues(run.engine, 'greetings') as { name: string; text: string }[]) {
      written.set(name, [...(written.get(name) ?? []), text]);
    }
    const expected = greetings(input.visitors);
    expect(Object.fromEntries(written)).toEqual(Object.fromEntries(expected));
    expect(Object.fromEntries(intStates(run.engine, 'greeter/greet', 'visits'))).toEqual(
      Object.fromEntries([...expected].map(([name, texts]) => [name, texts.length])),
    );
  });
});

describe('the shopping cart', () => {
  it('sells what is in stock, gives back what is held too long, and cancels the timers of what is sold', async () => {
    const input = makeShopInput(11, 120);
    const expected = shopOutcome(input.events);
    const run = startRun(await openProject(withFeeds(loadExample('shopping-cart'), input)));
    await run.advanceTo(input.end);
    run.close();
    expect(topicValues(run.engine, 'receipts')).toEqual(expected.receipts);
    expect(Object.fromEntries(intStates(run.engine, 'shop/stock', 'available'))).toEqual(Object.fromEntries(expected.stock));
    const fired = run.trace.filter((event) => event.type === 'timer-fired').length;
    const cancelled = run.trace.filter((event) => event.type === 'timer-cancelled').length;
    expect({ fired, cancelled }).toEqual({
      fired: expected.timedOut,
      cancelled: expected.receipts.flatMap((receipt) => receipt.items).length,
    });
    // Each way for a reservation to end is there.
    expect(Math.min(expected.refused, fired, cancelled)).toBeGreaterThan(5);
    const carts = addressesOf(run.engine, 'shop/user-shopping-cart').flatMap((address) =>
      address.states.filter((state) => state.name === 'cart'),
    );
    expect(carts).toEqual([]);
    expect(run.engine.metrics().timers).toBe(0);
  });

  it('writes the same receipts with two subtasks, and after a crash in the midst', async () => {
    const input = makeShopInput(12, 40);
    const project = await openProject(withFeeds(loadExample('shopping-cart'), input));
    const run = startRun({ ...project, config: { ...project.config, settings: { ...project.config.settings, parallelism: 2 } } });
    const middle = Math.floor(input.end / 2);
    await run.advanceTo(middle);
    run.apply({ type: 'crash', at: virtualTime(project.config.settings.startAt + middle) });
    await run.advanceTo(input.end);
    run.close();
    expect(run.trace.filter((event) => event.type === 'job-restarted')).toHaveLength(1);
    expect(topicValues(run.engine, 'receipts')).toEqual(shopOutcome(input.events).receipts);
  });
});
