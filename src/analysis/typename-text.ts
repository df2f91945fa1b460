/** Whether the SDK takes a text as a typename: it splits at the last slash, and both parts must be there. */
export function isTypename(text: string): boolean {
  const slash = text.lastIndexOf('/');
  return slash > 0 && slash < text.length - 1;
}
