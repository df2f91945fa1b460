import { StateFun } from 'apache-flink-statefun';

/** Someone came in; from the topic `visits`. */
export interface Visit {
  name: string;
  door: string;
}
export const Visit = StateFun.jsonType<Visit>('greeter.types/visit');

/** Written to the topic `greetings`. */
export interface Greeting {
  name: string;
  visits: number;
  text: string;
}
export const Greeting = StateFun.jsonType<Greeting>('greeter.types/greeting');
