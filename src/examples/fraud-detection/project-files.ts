/** The files of the example, all in one chunk that loads when the example is opened. */
import { projectFiles } from '../example.ts';

export const files = projectFiles(import.meta.glob<string>('./project/**/*', { query: '?raw', import: 'default', eager: true }));
