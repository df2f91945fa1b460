import { describe, expect, test } from 'vitest';
import { isLibrary, projectCode } from '../../src/model/code-files.ts';
import { GENERATED_MARK } from '../../src/model/generated-files.ts';
import { projectOf } from '../../src/model/project.ts';

const BINDS = `const { StateFun } = require('apache-flink-statefun'); const statefun = new StateFun(); statefun.bind({ typename: 'a/b', fn() {} });`;

function codeOf(files: Readonly<Record<string, string | Uint8Array>>): { readonly functions: string[]; readonly stubs: string[] } {
  const { functions, stubs } = projectCode(projectOf(files).files);
  return { functions: [...functions.keys()], stubs: [...stubs.keys()] };
}

describe('code of functions', () => {
  test('is every script in functions/, and what it imports from anywhere, data included', () => {
    const { functions } = codeOf({
      'module.yaml': '',
      'functions/a.ts': `import { x } from '../shared/x'; import rates from '../data/rates.json'; export * from './lib/big.js';`,
      'functions/lib/big.js': 'module.exports = 1;',
      'functions/types.d.ts': 'export {};',
      'functions/notes.md': '',
      'shared/x.ts': `import './y.mjs';`,
      'shared/y.mjs': '',
      'shared/unused.ts': '',
      'data/rates.json': '{}',
      'data/other.json': '{}',
    });
    expect(functions).toEqual(['data/rates.json', 'functions/a.ts', 'functions/lib/big.js', 'shared/x.ts', 'shared/y.mjs']);
  });

  test.each(['functions.js', 'server.js', 'src/index.ts', 'app/main.mjs', 'server/index.cjs'])(
    'is a script that binds functions itself, such as %s, with what it requires',
    (path) => {
      const helper = `${path.slice(0, path.lastIndexOf('/') + 1)}types.js`;
      expect(codeOf({ [path]: `${BINDS} require('./types');`, [helper]: '' }).functions.sort()).toEqual([path, helper].sort());
    },
  );

  test('is no script that only mentions the SDK, no test, no build, no package, no stub', () => {
    const { functions } = codeOf({
      'producer.js': `require('apache-flink-statefun');`,
      'node_modules/x/index.js': BINDS,
      'dist/server.cjs': BINDS,
      'test/functions.js': BINDS,
      'functions.test.js': BINDS,
      'vite.config.ts': BINDS,
      '.cache/x.js': BINDS,
    });
    expect(functions).toEqual([]);
  });

  test('is nothing of the server that the export made', () => {
    const { functions } = codeOf({
      'functions/a.ts': '',
      'server/binds.js': `/** ${GENERATED_MARK}. */ import { StateFun } from 'apache-flink-statefun'; StateFun.prototype.bind = 1;`,
      'server/main.js': `/** ${GENERATED_MARK}. */ ${BINDS}`,
      'server/project.js': '',
    });
    expect(functions).toEqual(['functions/a.ts']);
  });
});

test('stubs are scripts in stubs/ and what only they import', () => {
  const files = {
    'functions/a.ts': `import '../shared/both';`,
    'shared/both.ts': '',
    'stubs/s.ts': `import '../shared/both'; import './rates.json';`,
    'stubs/rates.json': '{}',
    'stubs/rules.yaml': '',
  };
  expect(codeOf(files)).toEqual({ functions: ['functions/a.ts', 'shared/both.ts'], stubs: ['stubs/rates.json', 'stubs/s.ts'] });
});

test('a library is known by its name, by its size, by what bundlers wrap it in, and never where it names the SDK', () => {
  const rollup = `(function (global, factory) {
  typeof exports === 'object' && typeof module !== 'undefined' ? factory(exports) :
  typeof define === 'function' && define.amd ? define(['exports'], factory) : factory((global.slug = {}));
})(this, (function (exports) { exports.slug = (text) => text; }));`;
  const webpack = `(function webpackUniversalModuleDefinition(root, factory) {
	if(typeof exports === 'object' && typeof module === 'object') module.exports = factory();
	else if(typeof define === 'function' && define.amd) define([], factory);
})(self, function() { return { slug: (text) => text }; });`;
  const own = `exports.slug = (text) => text;`;
  const sdk = `const { StateFun } = require('apache-flink-statefun');\n${webpack}`;
  const answers = [rollup, webpack, own, sdk].map((text) => isLibrary('functions/lib/slug.js', text));
  expect([...answers, isLibrary('functions/lib/slug.min.js', own), isLibrary('functions/lib/slug.ts', rollup)]).toEqual([
    true,
    true,
    false,
    false,
    true,
    false,
  ]);
});
