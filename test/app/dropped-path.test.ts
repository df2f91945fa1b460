import { expect, test } from 'vitest';
import { droppedPath, isProjectFile } from '../../src/app/files/dropped-path.ts';

test.each([
  ['dayjs.min.js', 'functions/lib/dayjs.min.js'],
  ['order_pb.cjs', 'functions/lib/order_pb.cjs'],
  ['dayjs.d.ts', 'functions/lib/dayjs.d.ts'],
  ['rates.ts', 'functions/rates.ts'],
  ['rates.json', 'functions/rates.json'],
  ['visits.jsonl', 'data/visits.jsonl'],
  ['visits.csv', 'data/visits.csv'],
])('%s that is dropped on a project goes to %s', (name, path) => {
  expect(droppedPath(name)).toBe(path);
  expect(isProjectFile(name)).toBe(false);
});

test.each(['module.yaml', 'orders.YML', 'greeter.zip'])('%s is a project of its own', (name) => expect(isProjectFile(name)).toBe(true));
