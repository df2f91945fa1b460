import { StateFun, kafkaEgressMessage, messageBuilder } from 'apache-flink-statefun';
import type { Context, FunctionOpts, Message } from 'apache-flink-statefun';
import { AddToCart, Checkout, ItemReserved, Receipt, ReservationTimedOut, ReserveItem, ReturnItem, valueOf } from './types.ts';

const FIFTEEN_MINUTES = 15 * 60 * 1000;

/** What the cart holds, by reservation. */
type Cart = Record<string, { item: string; quantity: number }>;
const Cart = StateFun.jsonType<Cart>('shop.types/cart');

/**
 * The cart of one user. Each reservation starts a timer, a message to itself in 15 minutes; checking out cancels it.
 */
export const UserShoppingCart: FunctionOpts = {
  typename: 'shop/user-shopping-cart',
  specs: [
    { name: 'cart', type: Cart },
    { name: 'reservations', type: StateFun.intType() },
  ],

  fn(context: Context, message: Message) {
    if (message.is(AddToCart)) {
      reserve(context, valueOf(message, AddToCart));
    } else if (message.is(ItemReserved)) {
      hold(context, valueOf(message, ItemReserved));
    } else if (message.is(ReservationTimedOut)) {
      giveBack(context, valueOf(message, ReservationTimedOut).reservation);
    } else if (message.is(Checkout)) {
      checkOut(context);
    }
    // An ItemUnavailable needs nothing done: nothing was reserved.
  },
};

function reserve(context: Context, { item, quantity }: AddToCart) {
  const ordinal: number = (context.storage.reservations ?? 0) + 1;
  context.storage.reservations = ordinal;
  context.send(
    messageBuilder({
      typename: 'shop/stock',
      id: item,
      value: { reservation: `${context.self.id}-${ordinal}`, quantity },
      valueType: ReserveItem,
    }),
  );
}

function hold(context: Context, { reservation, item, quantity }: ItemReserved) {
  context.storage.cart = { ...cartOf(context), [reservation]: { item, quantity } };
  context.sendAfter(
    FIFTEEN_MINUTES,
    messageBuilder({
      typename: 'shop/user-shopping-cart',
      id: context.self.id,
      value: { reservation },
      valueType: ReservationTimedOut,
    }),
    timerOf(reservation),
  );
}

function giveBack(context: Context, reservation: string) {
  const { [reservation]: held, ...others } = cartOf(context);
  if (held === undefined) {
    // Cancelling can come too late, when the timer has fired and its message waits behind the checkout. Then the
    // items are sold: a late message must find nothing to give back.
    return;
  }
  store(context, others);
  context.send(
    messageBuilder({
      typename: 'shop/stock',
      id: held.item,
      value: { quantity: held.quantity },
      valueType: ReturnItem,
    }),
  );
}

function checkOut(context: Context) {
  const cart = cartOf(context);
  const reservations = Object.keys(cart);
  if (reservations.length === 0) {
    return;
  }
  for (const reservation of reservations) {
    context.cancelDelayedMessage(timerOf(reservation));
  }
  store(context, {});
  context.send(
    kafkaEgressMessage({
      typename: 'shop/receipts',
      topic: 'receipts',
      key: context.self.id,
      value: { user: context.self.id, items: Object.values(cart) },
      valueType: Receipt,
    }),
  );
}

/**
 * Names the timer of a reservation. A token must be free when it is used: all functions with the same id share their
 * tokens, so it begins with what it is for.
 */
function timerOf(reservation: string): string {
  return `reservation-${reservation}`;
}

function cartOf(context: Context): Cart {
  return context.storage.cart ?? {};
}

function store(context: Context, cart: Cart) {
  context.storage.cart = Object.keys(cart).length > 0 ? cart : null;
}
