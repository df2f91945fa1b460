/** The messages of the shop. Each is an interface and, under the same name, the StateFun type that carries it as JSON. */
import { StateFun } from 'apache-flink-statefun';
import type { Message, Type } from 'apache-flink-statefun';

/** From the topic `add-to-cart`. */
export interface AddToCart {
  user: string;
  item: string;
  quantity: number;
}
export const AddToCart = StateFun.jsonType<AddToCart>('shop.types/add-to-cart');

/** From the topic `checkout`. */
export interface Checkout {
  user: string;
}
export const Checkout = StateFun.jsonType<Checkout>('shop.types/checkout');

/** From the topic `restock-items`. */
export interface RestockItem {
  item: string;
  quantity: number;
}
export const RestockItem = StateFun.jsonType<RestockItem>('shop.types/restock-item');

/** The cart asks the stock. Answered with an ItemReserved or an ItemUnavailable. */
export interface ReserveItem {
  reservation: string;
  quantity: number;
}
export const ReserveItem = StateFun.jsonType<ReserveItem>('shop.types/reserve-item');

export interface ItemReserved {
  reservation: string;
  item: string;
  quantity: number;
}
export const ItemReserved = StateFun.jsonType<ItemReserved>('shop.types/item-reserved');

export interface ItemUnavailable {
  reservation: string;
  item: string;
  quantity: number;
}
export const ItemUnavailable = StateFun.jsonType<ItemUnavailable>('shop.types/item-unavailable');

/** The cart to itself: a reservation has been held for as long as it may. */
export interface ReservationTimedOut {
  reservation: string;
}
export const ReservationTimedOut = StateFun.jsonType<ReservationTimedOut>('shop.types/reservation-timed-out');

/** The cart gives back what it had reserved. */
export interface ReturnItem {
  quantity: number;
}
export const ReturnItem = StateFun.jsonType<ReturnItem>('shop.types/return-item');

/** Written to the topic `receipts`. */
export interface Receipt {
  user: string;
  items: { item: string; quantity: number }[];
}
export const Receipt = StateFun.jsonType<Receipt>('shop.types/receipt');

/** The message's value, for a message that is of the type. */
export function valueOf<T>(message: Message, type: Type<T>): T {
  const value = message.as(type);
  if (value === null) {
    throw new Error(`A message of type ${type.typename} came without a value`);
  }
  return value;
}
