/**
 * Random modules as users might write them: the components that are meant, and a text that says so in some layout with
 * comments, odd indentation, both list styles, quotes, flow style and either line end. The writer here is its own, so
 * that decode is checked against something else than our own writer.
 */
import * as fc from 'fast-check';
import type { JsonValue } from '../../src/base/json.ts';

export interface MeantComponent {
  readonly kind: string;
  readonly spec: { readonly [key: string]: JsonValue };
}

export interface WrittenModule {
  readonly format: 'documents' | 'legacy';
  readonly components: readonly MeantComponent[];
  readonly text: string;
}

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/);
const typename = fc.tuple(name, name).map(([namespace, local]) => `${namespace}.x/${local}`);
const ODD = [
  'yes',
  'off',
  '010',
  '1e3',
  '1:30',
  'null',
  '~',
  '.inf',
  '',
  ' a',
  'a: b',
  'a #b',
  '# c',
  '- x',
  '@at',
  '*al',
  '&an',
  '{x}',
  '[x',
  'é☃',
  'say "hi"',
  "it's",
  'a\\b',
  'x,y',
  '2020-02-01',
  '0x1F',
  'line\nbreak',
  '%TAG',
  '!tag',
  '---',
  'key:',
];
const text = fc.oneof(name, fc.constantFrom(...ODD));
const scalar: fc.Arbitrary<JsonValue> = fc.oneof(text, text, fc.integer({ min: -5000, max: 100_000 }), fc.boolean(), fc.constant(null));

const { anything } = fc.letrec<{ anything: JsonValue; list: JsonValue; map: JsonValue }>((tie) => ({
  anything: fc.oneof({ maxDepth: 3, withCrossShrink: true }, scalar, tie('list'), tie('map')),
  list: fc.array(tie('anything'), { maxLength: 3 }),
  map: fc.dictionary(
    fc.oneof({ weight: 4, arbitrary: name }, { weight: 1, arbitrary: fc.constantFrom('a b', 'x/0', 'group.id', 'on', '1', 'q?') }),
    tie('anything'),
    { maxKeys: 3 },
  ),
}));
export const anyJson: fc.Arbitrary<JsonValue> = anything;

const pairs = fc.array(
  fc
    .tuple(fc.constantFrom('linger.ms', 'acks', 'client.id'), fc.oneof(name, fc.nat(500)))
    .map(([key, value]): JsonValue => ({ [key]: value })),
  { minLength: 1, maxLength: 3 },
);
const targets = fc.array(typename, { minLength: 0, maxLength: 3 });

const endpoint = fc.record(
  {
    functions: name.map((namespace) => `${namespace}/*`),
    urlPathTemplate: fc.constantFrom('http://fns:8000/statefun', 'https://h/{function.name}', 'http://fns:8000/a?b=c'),
    maxNumBatchRequests: fc.integer({ min: 1, max: 5000 }),
    transport: fc.record(
      {
        type: fc.constant('io.statefun.transports.v1/async'),
        call: fc.constantFrom('2 min', '30s'),
        pool_size: fc.nat(900).map((size) => size + 1),
      },
      { requiredKeys: ['type'] },
    ),
  },
  { requiredKeys: ['functions', 'urlPathTemplate'] },
);
const ingress = fc.record(
  {
    id: typename,
    address: fc.constant('kafka:9092'),
    consumerGroupId: name,
    startupPosition: fc.constantFrom<JsonValue>(
      { type: 'earliest' },
      { type: 'specific-offsets', offsets: [{ 'orders/0': 4 }, { 'orders/1': 9 }] },
    ),
    topics: fc.uniqueArray(fc.record({ topic: name, valueType: typename, targets }), {
      selector: (topic) => topic.topic,
      minLength: 1,
      maxLength: 3,
    }),
    properties: pairs,
  },
  { requiredKeys: ['id', 'address', 'consumerGroupId', 'topics'] },
);
const egress = fc.record(
  {
    id: typename,
    address: fc.constant('kafka:9092'),
    deliverySemantic: fc.constantFrom<JsonValue>({ type: 'exactly-once', transactionTimeout: '15 min' }, { type: 'none' }),
    properties: pairs,
  },
  { requiredKeys: ['id', 'address'] },
);
const custom = fc.dictionary(name, anything, { maxKeys: 4 });

const component: fc.Arbitrary<MeantComponent> = fc.oneof(
  endpoint.map((spec) => ({ kind: 'io.statefun.endpoints.v2/http', spec })),
  ingress.map((spec) => ({ kind: 'io.statefun.kafka.v1/ingress', spec: spec as MeantComponent['spec'] })),
  egress.map((spec) => ({ kind: 'io.statefun.kafka.v1/egress', spec })),
  custom.map((spec) => ({ kind: 'com.example/thing', spec })),
);
const components = fc.uniqueArray(component, {
  selector: ({ kind, spec }) =>
    kind === 'com.example/thing' ? JSON.stringify(spec) : `${kind} ${String(spec['id'] ?? spec['functions'])}`,
  maxLength: 4,
});

/** Small numbers that decide the layout; none left means the plainest. */
const choices = fc.array(fc.nat(11), { maxLength: 160 });

export const writtenModule: fc.Arbitrary<WrittenModule> = fc
  .record({
    components,
    choices,
    step: fc.constantFrom(2, 2, 1, 3, 4),
    dash: fc.constantFrom(2, 0, 1),
    crlf: fc.boolean(),
    noise: fc.boolean(),
  })
  .map((plan) => ({ format: 'documents', components: plan.components, text: new Writer(plan).file(plan.components) }));

const SECTIONS = [
  { section: 'endpoints', wrapper: 'endpoint', kindKey: 'kind', kind: /endpoints/ },
  { section: 'ingresses', wrapper: 'ingress', kindKey: 'type', kind: /ingress|thing/ },
  { section: 'egresses', wrapper: 'egress', kindKey: 'type', kind: /egress/ },
] as const;

/** The same in the single-root form: components in the order of its lists, ids in `meta`. */
export const writtenLegacy: fc.Arbitrary<WrittenModule> = fc
  .record({
    components,
    choices,
    step: fc.constantFrom(2, 2, 1, 3, 4),
    dash: fc.constantFrom(2, 0, 1),
    crlf: fc.boolean(),
    noise: fc.boolean(),
  })
  .map((plan) => {
    const ordered = SECTIONS.flatMap(({ kind }) => plan.components.filter((one) => kind.test(one.kind)));
    const meant = ordered.map((one, index): MeantComponent =>
      one.kind === 'com.example/thing' ? { ...one, spec: { ...one.spec, id: `custom.x/id-${index}` } } : one,
    );
    return { format: 'legacy', components: meant, text: new Writer(plan).legacy(meant) };
  });

export const anyModule: fc.Arbitrary<WrittenModule> = fc.oneof(
  { weight: 3, arbitrary: writtenModule },
  { weight: 1, arbitrary: writtenLegacy },
);

interface Plan {
  readonly choices: readonly number[];
  readonly step: number;
  readonly dash: number;
  readonly crlf: boolean;
  readonly noise: boolean;
}

class Writer {
  readonly #plan: Plan;
  readonly #lines: string[] = [];
  #next = 0;
  #comments = 0;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  file(all: readonly MeantComponent[]): string {
    if (this.#chance(3)) {
      this.#lines.push('# A header of the file', '');
    }
    all.forEach(({ kind, spec }, index) => {
      if (index > 0 || this.#chance(4)) {
        this.#lines.push(this.#chance(4) ? '--- # next' : '---');
      }
      this.#ownLine(0);
      if (this.#chance(10)) {
        this.#lines.push(JSON.stringify({ kind, spec }));
      } else if (this.#chance(5)) {
        this.#map({ spec, kind }, 0);
      } else {
        this.#map({ kind, spec }, 0);
      }
      if (this.#chance(5)) {
        this.#lines.push('');
      }
    });
    return this.#joined();
  }

  legacy(all: readonly MeantComponent[]): string {
    const lists = SECTIONS.map(({ section, wrapper, kindKey, kind }): [string, JsonValue] => {
      const items = all.filter((one) => kind.test(one.kind));
      return [
        section,
        items.map((one): JsonValue => {
          const { id, ...fields } = one.spec;
          return {
            [wrapper]: { meta: { [kindKey]: one.kind, ...(id === undefined ? {} : { id }) }, spec: id === undefined ? one.spec : fields },
          };
        }),
      ];
    });
    const filled = lists.filter(([, items]) => Object.keys(items as object).length > 0 || this.#chance(2));
    const root = { version: '3.0', module: { meta: { type: 'remote' }, spec: Object.fromEntries(filled) } };
    this.#map(root, 0);
    return this.#joined();
  }

  #joined(): string {
    const eol = this.#plan.crlf ? '\r\n' : '\n';
    const body = this.#lines.join(eol);
    return `${this.#chance(10) ? '\ufeff' : ''}${body}${body === '' || this.#chance(5) ? '' : eol}`;
  }

  #map(map: { readonly [key: string]: JsonValue }, column: number, lead = ''): void {
    Object.entries(map).forEach(([key, value], index) => {
      const isFirst = index === 0 && lead !== '';
      if (!isFirst) {
        this.#ownLine(column);
      }
      const start = isFirst ? lead : ' '.repeat(column);
      this.#value(value, `${start}${this.#scalar(key, false)}:`, column, false);
    });
  }

  #list(list: readonly JsonValue[], column: number, lead = ''): void {
    list.forEach((value, index) => {
      const isFirst = index === 0 && lead !== '';
      if (!isFirst) {
        this.#ownLine(column);
      }
      this.#value(value, `${isFirst ? lead : ' '.repeat(column)}-`, column, true);
    });
  }

  /** `before` is the line so far, up to its colon or dash in or behind `column`. */
  #value(value: JsonValue, before: string, column: number, isItem: boolean): void {
    const isFilled = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
    if (!isFilled || this.#chance(7)) {
      const isEmpty = value === null && this.#chance(3);
      this.#lines.push(`${before}${isEmpty ? '' : ` ${this.#flow(value, false)}`}${this.#trail()}`);
      return;
    }
    if (isItem) {
      const inner = column + 2;
      if (Array.isArray(value)) {
        this.#list(value, inner, `${before} `);
      } else {
        this.#map(value as { readonly [key: string]: JsonValue }, inner, `${before} `);
      }
      return;
    }
    this.#lines.push(`${before}${this.#trail()}`);
    if (Array.isArray(value)) {
      this.#list(value, column + this.#plan.dash);
    } else {
      this.#map(value as { readonly [key: string]: JsonValue }, column + this.#plan.step);
    }
  }

  #flow(value: JsonValue, inFlow: boolean): string {
    if (Array.isArray(value)) {
      return `[${value.map((item) => this.#flow(item as JsonValue, true)).join(', ')}]`;
    }
    if (typeof value === 'object' && value !== null) {
      const inner = Object.entries(value).map(([key, item]) => `${this.#scalar(key, true)}: ${this.#flow(item as JsonValue, true)}`);
      return `{${inner.join(', ')}}`;
    }
    return typeof value === 'string' ? this.#scalar(value, inFlow) : String(value);
  }

  #scalar(value: string, inFlow: boolean): string {
    const isPlain = inFlow ? /^[a-z][a-z0-9./-]*$/.test(value) : /^[a-z][a-zA-Z0-9./:-]*[a-zA-Z0-9*]$/.test(value);
    const isWord = /^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value);
    if (isPlain && !isWord && !this.#chance(6)) {
      return value;
    }
    return !/[\n]/.test(value) && this.#chance(3) ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value);
  }

  #trail(): string {
    if (!this.#plan.noise) {
      return '';
    }
    return this.#chance(6) ? ` # t${this.#comment()}` : this.#chance(8) ? '  ' : '';
  }

  #ownLine(column: number): void {
    if (!this.#plan.noise) {
      return;
    }
    if (this.#chance(7)) {
      this.#lines.push('');
    }
    if (this.#chance(5)) {
      this.#lines.push(`${' '.repeat(column)}# o${this.#comment()}`);
    }
  }

  #comment(): string {
    this.#comments += 1;
    return `${this.#comments}.`;
  }

  /** True once in `odds` on average while there are choices; false when none are left. */
  #chance(odds: number): boolean {
    const choice = this.#plan.choices[this.#next];
    this.#next += 1;
    return choice !== undefined && choice % odds === odds - 1;
  }
}

/** The numbers of the comments that a text still holds. */
export function commentsIn(written: string): readonly string[] {
  return [...written.matchAll(/# ([to]\d+)\./g)].map((match) => match[1] ?? '');
}
