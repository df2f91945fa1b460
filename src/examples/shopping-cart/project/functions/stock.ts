import { StateFun, messageBuilder } from 'apache-flink-statefun';
import type { Context, FunctionOpts, Message } from 'apache-flink-statefun';
import { ItemReserved, ItemUnavailable, ReserveItem, RestockItem, ReturnItem, valueOf } from './types.ts';

/** How many of one item can still be reserved. All carts that want the item are served in turn, so nothing is sold twice. */
export const Stock: FunctionOpts = {
  typename: 'shop/stock',
  specs: [{ name: 'available', type: StateFun.intType() }],

  fn(context: Context, message: Message) {
    const available: number = context.storage.available ?? 0;

    if (message.is(RestockItem)) {
      context.storage.available = available + valueOf(message, RestockItem).quantity;
    } else if (message.is(ReturnItem)) {
      context.storage.available = available + valueOf(message, ReturnItem).quantity;
    } else if (message.is(ReserveItem) && context.caller !== null) {
      const { reservation, quantity } = valueOf(message, ReserveItem);
      const enough = quantity <= available;
      if (enough) {
        context.storage.available = available - quantity;
      }
      context.send(
        messageBuilder({
          typename: context.caller.typename,
          id: context.caller.id,
          value: { reservation, item: context.self.id, quantity },
          valueType: enough ? ItemReserved : ItemUnavailable,
        }),
      );
    }
  },
};
