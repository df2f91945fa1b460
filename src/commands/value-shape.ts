/** The TypeScript type of a JSON value, read from the template of a record that is made for a run. */
const INDENT = '  ';

/** Null where the template is no JSON object. */
export function shapeOfTemplate(template: string): string | null {
  const value = parse(template);
  return isObject(value) ? typeOf(value, '') : null;
}

/** Placeholders in quotes stand for texts, others for numbers. */
function parse(template: string): unknown {
  const filled = template.replaceAll(/"(?:[^"\\]|\\.)*"|\{\{[^}]*\}\}/g, (part) =>
    part.startsWith('"') ? part.replaceAll(/\{\{.*?\}\}/g, '') : '0',
  );
  try {
    return JSON.parse(filled);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeOf(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    const item = value.length === 0 ? 'unknown' : typeOf(value[0], indent);
    return `${/[^\w[\]]/.test(item) && !item.startsWith('{') ? `(${item})` : item}[]`;
  }
  if (isObject(value)) {
    const fields = Object.entries(value).map(([name, field]) => `${indent}${INDENT}${keyOf(name)}: ${typeOf(field, indent + INDENT)};`);
    return fields.length === 0 ? 'Record<string, unknown>' : ['{', ...fields, `${indent}}`].join('\n');
  }
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value;
    default:
      return 'unknown';
  }
}

function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
