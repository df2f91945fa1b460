/** `fault:`, what an endpoint does to calls for a while. */
import { checkPattern, typenameParts } from '../../model/typename-rules.ts';
import type { FaultEffect } from '../../runtime/engine-api.ts';
import type { Fault } from '../scenario.ts';
import { byTag } from './composites.ts';
import { object, optional, required } from './object.ts';
import type { Fields, Made, Values } from './object.ts';
import { duration, text, whole, word } from './scalars.ts';
import type { Bad } from './shape.ts';

const common = {
  functions: required(text({ empty: false }), 'The functions whose calls it hits: namespace/name, or namespace/* for all of a namespace.'),
  for: optional(duration(1), 'How long it lasts.'),
  calls: optional(whole(1, 1_000_000_000), 'How many attempts of calls it hits. With for beside it, whichever ends first.'),
};

function fault<const F extends Fields>(type: string, about: string, more: F, effect: (values: Values<F>) => FaultEffect) {
  return object({
    what: `the fault ${type}`,
    fields: { type: required(word(type), about), ...common, ...more },
    make: (values, made) => makeFault(values as Values<typeof common>, effect(values as unknown as Values<F>), made),
  });
}

function makeFault(values: Values<typeof common>, effect: FaultEffect, made: Made): Fault | Bad {
  const wrong = checkPattern(values.functions);
  const parts = typenameParts(values.functions);
  return wrong !== null || parts === null
    ? made.report('scenario-bad-value', wrong ?? 'A pattern has the form namespace/name.', 'functions')
    : { functions: parts, effect, forMillis: values.for ?? null, calls: values.calls ?? null };
}

export const faultShape = byTag<Fault>('type', 'a fault', {
  down: fault('down', 'The connection is refused.', {}, () => ({ type: 'refused' })),
  dropped: fault('dropped', 'The connection is accepted and then dropped.', {}, () => ({ type: 'dropped' })),
  'no-answer': fault('no-answer', 'The request is taken and never answered.', {}, () => ({ type: 'no-answer' })),
  status: fault(
    'status',
    'The answer has another HTTP status.',
    { status: required(whole(200, 599), 'The HTTP status; from 200 to 299 with an empty body, which is a success without effects.') },
    ({ status }) => ({ type: 'status', status }),
  ),
  slow: fault('slow', 'The answer takes longer.', { by: required(duration(1), 'So much longer than without the fault.') }, ({ by }) => ({
    type: 'slow',
    millis: by,
  })),
  malformed: fault('malformed', 'The answer is no FromFunction.', {}, () => ({ type: 'malformed' })),
  'content-type': fault(
    'content-type',
    'The answer has a wrong content type.',
    { contentType: required(text({ empty: false }), 'The content type, such as text/html.') },
    ({ contentType }) => ({ type: 'content-type', contentType }),
  ),
});
