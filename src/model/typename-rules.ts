/** What StateFun accepts as names. Each check gives a sentence that says what to do, or null when the name is fine. */
export interface NameParts {
  readonly namespace: string;
  readonly name: string;
}

/** The two parts of `namespace/name`, or null where a text is not of that form (S95). */
export function typenameParts(text: string): NameParts | null {
  const parts = text.split('/');
  const [namespace, name] = parts;
  return parts.length === 2 && namespace !== undefined && name !== undefined && namespace !== '' && name !== ''
    ? { namespace, name }
    : null;
}

/** A function's typename. `what` begins the sentence. */
export function checkTypename(text: string, what = 'A typename'): string | null {
  if (text === '') {
    return `${what} is needed, such as my-app/my-name.`;
  }
  if (text.trim() !== text) {
    return `${what} must not begin or end with a blank: StateFun keeps blanks as part of the name.`;
  }
  if (!text.includes('/')) {
    return `${what} has the form namespace/name: “${text}” has no slash.`;
  }
  if (text.split('/').length > 2) {
    return `${what} has exactly one slash: “${text}” has ${text.split('/').length - 1}.`;
  }
  if (text.startsWith('/')) {
    return `${what} needs a namespace before the slash.`;
  }
  if (text.endsWith('/')) {
    return `${what} needs a name after the slash.`;
  }
  if (text.includes('*')) {
    return `${what} names one item; a pattern with * belongs into an endpoint.`;
  }
  return /[\s#>'"`\\{}]/.test(text) ? `${what} must not contain blanks, quotes, braces, \\, # or >: “${text}” does.` : null;
}

/** The id of an ingress or egress: of the same form as a typename. */
export function checkComponentId(text: string): string | null {
  return checkTypename(text, 'An identifier');
}

/** What an endpoint serves: `namespace/name` or `namespace/*` (S91). */
export function checkPattern(text: string): string | null {
  return text.endsWith('/*') ? checkTypename(`${text.slice(0, -1)}any`, 'A pattern') : checkTypename(text, 'A pattern');
}

/** Kafka: up to 249 of letters, digits, dot, underscore and hyphen, and neither `.` nor `..`. */
export function checkTopic(text: string): string | null {
  if (text === '') {
    return 'A topic needs a name.';
  }
  if (text === '.' || text === '..' || text.length > 249) {
    return 'A topic must not be “.” or “..”, and has at most 249 characters.';
  }
  return /^[a-zA-Z0-9._-]+$/.test(text) ? null : `A topic has letters, digits, dots, underscores and hyphens only: “${text}” has others.`;
}

/** A state's name: the JavaScript SDK takes small letters and underscores only. */
export function checkStateName(text: string): string | null {
  if (text === '') {
    return 'A state needs a name.';
  }
  return /^[_a-z]+$/.test(text) ? null : `A state's name has small letters a to z and underscores only: “${text}” has others.`;
}
