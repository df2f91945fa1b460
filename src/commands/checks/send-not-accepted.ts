/** A function sends a value of a type that the receiver's code surely does not take (S37: the runtime does not look). */
import { rejectionOf, typeList } from '../../model/accepted-types.ts';
import type { FunctionFact, SendFact } from '../../model/code-facts.ts';
import { functionNode } from '../../model/graph-ids.ts';
import type { Problem } from '../../model/problem.ts';
import type { Check, CheckCode } from './check.ts';

export const sendNotAccepted: Check = ({ facts }) => {
  const known = new Map(facts.functions.map((fact) => [fact.typename, fact]));
  return facts.functions.flatMap((fact) => {
    // One reply may go to several functions: it is wrong only if none of them takes it.
    const byPlace = new Map<string, readonly SendFact[]>();
    for (const send of fact.sends.filter(({ target }) => target === 'function')) {
      const place = send.reply ? `${send.range.from}` : `${send.range.from}:${send.to}`;
      byPlace.set(place, [...(byPlace.get(place) ?? []), send]);
    }
    return [...byPlace.values()].flatMap((sends) => {
      const problems = sends.map((send) => problemOf(fact, send, known.get(send.to)));
      const [first] = problems;
      return first === null || first === undefined || problems.includes(null) ? [] : [first];
    });
  });
};

function problemOf(from: FunctionFact, send: SendFact, to: FunctionFact | undefined): Problem<CheckCode> | null {
  const { valueTypes } = send;
  if (to === undefined || valueTypes === null || valueTypes.length === 0) {
    return null;
  }
  const rejections = valueTypes.map(({ typename }) => rejectionOf(to, typename));
  const [rejection] = rejections;
  if (rejection === null || rejection === undefined || rejections.includes(null)) {
    return null;
  }
  const [what] = valueTypes;
  const name =
    what !== undefined && from.typename !== to.typename && to.accepts.types.some((type) => type.name === what.name)
      ? what.typename
      : what?.name;
  const then =
    rejection === 'refused'
      ? 'reads every message as one of them, and throws for this one'
      : 'does nothing with any other type, so this message is lost';
  return {
    code: 'send-not-accepted',
    severity: rejection === 'refused' ? 'error' : 'warning',
    message: `${to.typename} takes ${typeList(to.accepts)}, not ${name}: it ${then}. Send a type it takes, or let it handle ${name}.`,
    path: from.path,
    range: send.range,
    node: functionNode(from.typename),
    ...(rejection === 'refused' ? { moment: 'call' as const } : {}),
  };
}
