import { readFileSync } from 'node:fs';
import { generatedPoint, generatedReading } from '../support/generated-protobuf.ts';
import { topicValues } from '../support/e2e/ask.ts';
import { apply, editor, openFile, replaceText } from '../support/e2e/coding.ts';
import { openTab, openTopic, rows } from '../support/e2e/dock.ts';
import { cursorAt, typesAreChecked } from '../support/e2e/ide.ts';
import { item } from '../support/e2e/drawing.ts';
import { readProjectFile } from '../support/e2e/example-files.ts';
import { openExample, openZip } from '../support/e2e/opening.ts';
import { failure, sendRecord, simulate, statusBar } from '../support/e2e/running.ts';
import { expect, test } from '../support/e2e/studio-test.ts';

const MODULE = `kind: io.statefun.endpoints.v2/http
spec:
  functions: sensors/*
  urlPathTemplate: http://functions:8000/statefun
---
kind: io.statefun.kafka.v1/ingress
spec:
  id: sensors/readings
  address: kafka:9092
  consumerGroupId: sensors
  startupPosition:
    type: latest
  topics:
    - topic: readings
      valueType: sensors/reading
      targets: [sensors/gauge]
---
kind: io.statefun.kafka.v1/egress
spec:
  id: sensors/out
  address: kafka:9092
  deliverySemantic:
    type: at-least-once
`;

/** As people write it by the SDK's README: one file that binds and serves, here with a library and generated classes beside it. */
const SERVER = `#!/usr/bin/env node
'use strict';
const http = require('http');
const { StateFun, messageBuilder, kafkaEgressMessage } = require('apache-flink-statefun');
const { deflateSync, inflateSync, strFromU8, strToU8 } = require('./lib/fflate.min.js');
const { Reading } = require('./gen/reading_pb');
const { place } = require('./src/place');

const READING = StateFun.protoType('sensors/checked', Reading);
const statefun = new StateFun();

async function gauge(context, message) {
  const response = await fetch('https://limits.example/v1/limit?sensor=' + context.self.id, { method: 'POST', body: JSON.stringify({ sensor: context.self.id }) });
  const { limit } = await response.json();
  const reading = new Reading();
  reading.setSensor(context.self.id + ' over ' + limit);
  context.send(messageBuilder({ typename: 'sensors/report', id: context.self.id, value: reading, valueType: READING }));
}

statefun.bind({ typename: 'sensors/gauge', fn: gauge });
statefun.bind({
  typename: 'sensors/report',
  fn(context, message) {
    const text = strFromU8(inflateSync(deflateSync(strToU8(message.as(READING).getSensor()))));
    context.send(kafkaEgressMessage({ typename: 'sensors/out', topic: 'reports', key: context.self.id, value: { text, place }, valueType: StateFun.jsonType('sensors/text') }));
  },
});

if (require.main === module) {
  http.createServer(statefun.handler()).listen(process.env.PORT || 8000);
}
`;

const FILES = {
  'module.yaml': MODULE,
  'server.js': SERVER,
  'settings.json': '{ "place": "roof" }',
  'src/place.ts': `import { createServer } from 'node:http';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { Reading } from '../gen/reading_pb.js';
import { strToU8 } from '../lib/fflate.min.js';
import settings from '../settings.json';
const known = [createServer, Timestamp, Reading, strToU8].every((each) => typeof each === 'function');
export const place: string = known ? settings.place : (process.env.PLACE ?? 'nowhere');
`,
  'package.json': '{ "name": "sensors", "main": "server.js", "dependencies": { "apache-flink-statefun": "3.3.0" } }',
  'lib/fflate.min.js': readFileSync('node_modules/fflate/umd/index.js', 'utf8'),
  'gen/reading_pb.js': generatedReading,
  'gen/geo/point_pb.js': generatedPoint,
};

test('a hand-written server opens with its functions, runs with its library and protobuf classes, and a request that no stub answers becomes one', async ({
  page,
}) => {
  await openZip(page, 'sensors', new Map(Object.entries(FILES)));
  await expect(item(page, 'Function sensors/gauge')).toBeVisible();
  await expect(item(page, 'Function sensors/report')).toBeVisible();

  await simulate(page);
  await sendRecord(page, { topic: 'readings', key: 's-1', value: '{}' });
  await expect(failure(page)).toContainText('no stub answers POST https://limits.example/v1/limit?sensor=s-1');
  const line = SERVER.slice(0, SERVER.indexOf('await fetch')).split('\n').length;
  await expect(failure(page).getByRole('button', { name: `server.js:${line}` })).toBeVisible();

  await failure(page).getByRole('button', { name: 'Make a stub' }).click();
  await expect(editor(page)).toContainText('https://limits.example/v1/limit?*');
  await expect(editor(page)).toContainText('# Sent: {"sensor":"s-1"}');
  // The cursor stands where the answer is to be written.
  await expect(statusBar(page)).toContainText('Ln 6, Col 10');
  await page.keyboard.type('limit: 40');
  await apply(page);
  await expect(failure(page)).toBeHidden();
  await typesAreChecked(page);
  await expect(await openTab(page, 'Problems')).toContainText('No problems');
  const topic = await openTopic(page, 'reports');
  await expect(rows(topic, 'Records of reports')).toHaveCount(1);
  expect(await topicValues(page, 'reports')).toEqual([{ text: 's-1 over 40', place: 'roof' }]);

  // Of two functions in a file, the values beside the lines are of the one with the cursor.
  await openFile(page, 'server.js');
  const sent = editor(page).locator('.view-line').filter({ hasText: "messageBuilder({\u00a0typename:\u00a0'sensors/report'" });
  for (const typename of ['gauge', 'report', 'gauge']) {
    await cursorAt(page, SERVER, `typename: 'sensors/${typename}',${typename === 'gauge' ? ' fn' : '\n'}`);
    await expect(statusBar(page)).toContainText(`Last invocation: ${typename} s-1`);
    await expect(sent.filter({ hasText: 'to\u00a0report' })).toHaveCount(typename === 'gauge' ? 1 : 0);
  }
});

test('what cannot be imported is in Problems before a run, with what to write instead', async ({ page }) => {
  const broken = SERVER.replace("require('./src/place')", "require('./src/plase')").replace(
    "require('http');",
    "require('http');\nconst fs = require('fs');\nconst express = require('express');",
  );
  await openZip(page, 'sensors', new Map(Object.entries({ ...FILES, 'server.js': broken })));
  const problems = await openTab(page, 'Problems');
  await expect(problems).toContainText('“fs” is a part of Node.js');
  await expect(problems).toContainText('The package “express” is not there');
  await expect(problems).toContainText("Did you mean './src/place'?");
});

test('a library is dropped into the project, imported by its path and runs', async ({ page }) => {
  await openExample(page, 'greeter');
  const library =
    '!function(g,f){"object"==typeof exports?f(exports):"function"==typeof define&&define.amd?define(["exports"],f):f(g.shout={})}(this,function(e){e.shout=function(s){return s.toUpperCase()+"!"}});';
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'shout.js', { type: 'text/javascript' }));
    return transfer;
  }, library);
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  await expect(page.getByRole('tab', { name: 'shout.js' })).toHaveAttribute('aria-selected', 'true');
  await openFile(page, 'functions/greet.ts');
  await replaceText(
    page,
    `import { shout } from './lib/shout.js';\n${readProjectFile('greeter', 'functions/greet.ts').replace('const visits: number', 'console.log(shout(context.self.id));\n    const visits: number')}`,
  );
  const bench = page.getByRole('region', { name: 'Try this function' });
  await bench.getByRole('textbox', { name: 'Address id' }).fill('ada');
  await bench.getByRole('textbox', { name: 'Message', exact: true }).press('Control+Enter');
  await expect(bench.getByRole('region', { name: 'Log' })).toContainText('ADA!');
  await typesAreChecked(page);
  await expect(await openTab(page, 'Problems')).toContainText('No problems');
});
