/** Names as the engine's messages print them. */

/** `FunctionType(ns, name)` and the like: a typename's parts, and whatever else the class prints. */
export function javaName(
  type: 'FunctionType' | 'TypeName' | 'Address' | 'EgressKey',
  typename: string,
  ...more: readonly string[]
): string {
  const [namespace = '', ...name] = typename.split('/');
  return `${type}(${[namespace, name.join('/'), ...more].join(', ')})`;
}
