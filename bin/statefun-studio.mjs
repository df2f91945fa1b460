#!/usr/bin/env node
/** The command line. In a clone it is built when it is missing or older than its sources. */
import { pathToFileURL } from 'node:url';
import { builtCommandLine } from '../scripts/build-cli.mjs';

const { start } = await import(pathToFileURL(builtCommandLine()).href);
await start(process.argv.slice(2));
