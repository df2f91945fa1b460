/**
 * The messages of the fraud detection functions. Each is an interface and, under the same name, the StateFun type
 * that carries it as JSON.
 *
 * A transaction is known by its id everywhere: several transactions of one account may be under way at once, and a
 * reply has to say which of them it is about.
 */
import { StateFun } from 'apache-flink-statefun';
import type { Message, Type } from 'apache-flink-statefun';

/** A card transaction, from the topic `transactions`. */
export interface Transaction {
  id: string;
  account: string;
  merchant: string;
  /** In cents. */
  amount: number;
}
export const Transaction = StateFun.jsonType<Transaction>('fraud.types/transaction');

/** A customer confirmed that a transaction was a fraud; from the topic `fraud-confirmations`. */
export interface ConfirmFraud {
  account: string;
  transaction: string;
}
export const ConfirmFraud = StateFun.jsonType<ConfirmFraud>('fraud.types/confirm-fraud');

/** A confirmed fraud has become too old to count. */
export interface ExpireFraud {
  transaction: string;
}
export const ExpireFraud = StateFun.jsonType<ExpireFraud>('fraud.types/expire-fraud');

/** How many confirmed frauds does the account have? Answered with a FraudCount. */
export interface QueryFraud {
  transaction: string;
}
export const QueryFraud = StateFun.jsonType<QueryFraud>('fraud.types/query-fraud');

export interface FraudCount {
  transaction: string;
  count: number;
}
export const FraudCount = StateFun.jsonType<FraudCount>('fraud.types/fraud-count');

/** How risky is the merchant? Answered with a MerchantScore. */
export interface QueryMerchant {
  transaction: string;
}
export const QueryMerchant = StateFun.jsonType<QueryMerchant>('fraud.types/query-merchant');

export interface MerchantScore {
  transaction: string;
  /** 0 is harmless, 100 is as bad as can be. */
  score: number;
}
export const MerchantScore = StateFun.jsonType<MerchantScore>('fraud.types/merchant-score');

/** What the model judges a transaction by. Answered with a FraudScore. */
export interface FeatureVector {
  transaction: string;
  fraudCount: number;
  merchantScore: number;
  /** In cents. */
  amount: number;
}
export const FeatureVector = StateFun.jsonType<FeatureVector>('fraud.types/feature-vector');

export interface FraudScore {
  transaction: string;
  /** 0 is surely honest, 100 is surely a fraud. */
  score: number;
}
export const FraudScore = StateFun.jsonType<FraudScore>('fraud.types/fraud-score');

/** Written to the topic `alerts`. */
export interface Alert {
  transaction: string;
  account: string;
  merchant: string;
  amount: number;
  score: number;
}
export const Alert = StateFun.jsonType<Alert>('fraud.types/alert');

/** The message's value, for a message that is of the type. */
export function valueOf<T>(message: Message, type: Type<T>): T {
  const value = message.as(type);
  if (value === null) {
    throw new Error(`A message of type ${type.typename} came without a value`);
  }
  return value;
}
