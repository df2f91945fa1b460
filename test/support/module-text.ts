/** Small module.yaml texts for tests, and the verdicts of decode on them. */
import { decodeModule } from '../../src/module-yaml/decode.ts';

export const ENDPOINT =
  'kind: io.statefun.endpoints.v2/http\nspec:\n  functions: shop/*\n  urlPathTemplate: http://functions:8000/statefun\n';
export const INGRESS = `kind: io.statefun.kafka.v1/ingress
spec:
  id: shop/orders
  address: kafka:9092
  consumerGroupId: shop
  topics:
    - topic: orders
      valueType: shop.types/order
      targets:
        - shop/order
`;

/** A component of a kind; spec lines are indented by two. */
export function component(kind: string, ...lines: readonly string[]): string {
  return `kind: ${kind}\nspec:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

/** Puts components into one file, beside an endpoint and an ingress that are in order. */
export function beside(...components: readonly string[]): string {
  return [ENDPOINT, INGRESS, ...components].join('---\n');
}

/** `code` of each problem; `code@moment` where production would notice. */
export function verdicts(text: string): readonly string[] {
  return decodeModule(text).problems.map(({ code, moment }) => (moment === undefined ? code : `${code}@${moment}`));
}

/** The errors only, in the form of {@link verdicts}. */
export function faults(text: string): readonly string[] {
  return decodeModule(text)
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ code, moment }) => (moment === undefined ? code : `${code}@${moment}`));
}
