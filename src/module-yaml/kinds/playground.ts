/** io.statefun.playground.v1/ingress and /egress: records by HTTP, in the playground image only. Their ids are fixed. */
import { typename } from '../../base/ids.ts';
import { readInteger } from '../fields/object-fields.ts';
import { fail, keyRange, missing, warn, type SpecContext } from '../fields/spec-context.ts';
import { pairOf } from '../source/source-node.ts';
import type { FieldDescription, KindModule } from './kind-description.ts';

const PORT: FieldDescription = {
  path: ['port'],
  label: 'Port',
  hint: 'HTTP',
  help: 'The port that the playground opens. Left out it is 0, any free one.',
  control: 'number',
  defaultText: '0',
  required: false,
};

function warnOfImage(context: SpecContext): void {
  warn(context, 'playground-kind', 'Only the playground image knows this kind: a plain StateFun 3.3.0 does not load it.', {
    at: keyRange(context.spec),
  });
}

function readPort(context: SpecContext): void {
  readInteger(context, context.spec, 'port', ['port'], { moment: 'load', fallback: 0, ofNull: 0 });
}

export const PLAYGROUND_INGRESS: KindModule = {
  kind: 'io.statefun.playground.v1/ingress',
  legacyName: null,
  fixedId: 'io.statefun.playground/ingress',
  role: 'ingress',
  label: 'Playground ingress',
  summary: 'Takes records by HTTP and sends each to the function and id in its path.',
  fields: [PORT],
  newSpec: () => ({ port: 8090 }),
  shape: { fields: { port: true } },
  decode(context) {
    warnOfImage(context);
    readPort(context);
    return {
      type: 'ingress',
      kind: context.kind,
      connector: 'custom',
      id: typename('io.statefun.playground/ingress'),
      startupPosition: { type: 'latest' },
      routes: [],
    };
  },
};

export const PLAYGROUND_EGRESS: KindModule = {
  kind: 'io.statefun.playground.v1/egress',
  legacyName: null,
  fixedId: 'io.statefun.playground/egress',
  role: 'egress',
  label: 'Playground egress',
  summary: 'Gives what functions send to its topics by HTTP.',
  fields: [PORT],
  newSpec: () => ({ port: 8091, topics: ['results'] }),
  shape: { fields: { port: true, topics: true } },
  decode(context) {
    warnOfImage(context);
    readPort(context);
    const topics = pairOf(context.spec.value, 'topics');
    if (topics === null) {
      missing(context, context.spec, ['topics'], 'list the names of the topics.', 'start');
    } else if (topics.value.type !== 'list') {
      fail(context, 'wrong-type', 'topics must be a list of names.', { at: keyRange(topics), field: ['topics'], moment: 'load' });
    }
    return {
      type: 'egress',
      kind: context.kind,
      connector: 'custom',
      id: typename('io.statefun.playground/egress'),
      delivery: 'none',
      transactionTimeout: null,
    };
  },
};
