import { StateFun, kafkaEgressMessage } from 'apache-flink-statefun';
import type { Context, FunctionOpts, Message } from 'apache-flink-statefun';
import { Greeting, Visit } from './types.ts';

/** Greets one visitor, and remembers how often that visitor came. */
export const Greet: FunctionOpts = {
  typename: 'greeter/greet',
  specs: [{ name: 'visits', type: StateFun.intType() }],

  fn(context: Context, message: Message) {
    const visit = message.is(Visit) ? message.as(Visit) : null;
    if (visit === null) {
      return;
    }
    // Each visitor has a state of their own. It is null until it is first written.
    const visits: number = (context.storage.visits ?? 0) + 1;
    context.storage.visits = visits;

    context.send(
      kafkaEgressMessage({
        typename: 'greeter/greetings',
        topic: 'greetings',
        key: context.self.id,
        value: { name: visit.name, visits, text: greetingFor(visit.name, visits) },
        valueType: Greeting,
      }),
    );
  },
};

function greetingFor(name: string, visits: number): string {
  switch (visits) {
    case 1:
      return `Welcome, ${name}.`;
    case 2:
      return `Good to see you again, ${name}.`;
    case 3:
      return `Third time is the charm, ${name}.`;
    default:
      return `Visit number ${visits}, ${name}. Shall we get you a key?`;
  }
}
