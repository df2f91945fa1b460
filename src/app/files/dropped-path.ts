/** Where a file that is dropped on the open project goes. */
const PROJECT = /\.(?:ya?ml|zip)$/i;

export function isProjectFile(name: string): boolean {
  return PROJECT.test(name);
}

/** JavaScript is a library, run as it is; TypeScript and JSON are imported by the functions beside them. */
export function droppedPath(name: string): string {
  const folder = /\.(?:[cm]?js|d\.[cm]?ts)$/i.test(name) ? 'functions/lib' : /\.(?:[cm]?ts|json)$/i.test(name) ? 'functions' : 'data';
  return `${folder}/${name}`;
}
