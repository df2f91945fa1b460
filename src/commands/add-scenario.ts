/** A new scenario file to begin with: it can be played as it is, and its comments name what else there is, with the project's own names. */
import { filePath } from '../base/ids.ts';
import { ok } from '../base/result.ts';
import type { JsonValue } from '../base/json.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import type { RecordGenerator } from '../model/feed.ts';
import { moduleDefinition } from '../module-yaml/definition.ts';
import { freeName } from './free-names.ts';

export function addScenario(context: CommandContext): CommandResult {
  const taken = new Set([...context.project.files.keys()].map((path) => path.toLowerCase().replace(/\.ya?ml$/, '')));
  const name = freeName('scenario', (candidate) => taken.has(`scenarios/${candidate}`.toLowerCase()));
  return ok([{ type: 'create', path: filePath(`scenarios/${name}.yaml`), content: scenarioText(context) }]);
}

function scenarioText(context: CommandContext): string {
  const { egresses } = moduleDefinition(context.module);
  const state = context.facts.functions.flatMap(({ typename, states }) => states.map(({ name }) => ({ typename, name })))[0];
  const [egress] = egresses;
  return `title: What this project is to do
# Played in virtual time, by the Play button above and by \`statefun-studio test\`: the same each time.
steps:
${sendStep(context)}
  # Lets time pass: 5 s, 30 d, { until: idle }, { until: next-timer }.
  - wait: 5 s
  # Other steps: fault, crash, checkpoint, code, call, and expect, which looks at what is there by then.
expect:
  # What has to hold when all is done.
  - failures: none
${egress === undefined ? '' : `  # - { egress: ${egress.id}, count: { atLeast: 1 } }\n`}${
    state === undefined ? '' : `  # - { function: ${state.typename}, id: id-1, state: ${state.name}, json: 1 }\n`
  }`;
}

/** Records as the first generator makes them that an ingress reads; else one for the first topic. */
function sendStep({ module, studio }: CommandContext): string {
  const topics = moduleDefinition(module).ingresses.flatMap(({ routes }) => routes.map(({ topic }) => topic));
  const generators = studio.feeds.filter((feed): feed is RecordGenerator => feed.type === 'generator');
  const generator =
    generators.find(({ enabled, topic }) => enabled && topics.includes(topic)) ?? generators.find(({ topic }) => topics.includes(topic));
  const topic = generator?.topic ?? topics[0];
  if (topic === undefined) {
    return '  # Once there is an ingress: - send: { topic: …, key: id-1, json: { … } }';
  }
  const lines =
    generator === undefined
      ? [`key: id-1`, 'json: {}']
      : [`key: ${quoted(generator.key)}`, ...valueLines(generator.value), 'repeat: 10', 'rate: { perSecond: 5 }'];
  const word =
    generator === undefined
      ? 'A record for a topic.'
      : 'Records for a topic, as the generator makes them: {{…}} is filled in anew for each.';
  return [`  # ${word}`, '  - send:', ...[`topic: ${quoted(topic)}`, ...lines].map((line) => `      ${line}`)].join('\n');
}

function valueLines(template: string): readonly string[] {
  const value = jsonTemplate(template);
  if (value === undefined) {
    return [`text: ${quoted(template)}`];
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0) {
    return [`json: ${JSON.stringify(value)}`];
  }
  return [
    'json:',
    ...Object.entries(value).map(([name, each]) => `  ${quoted(name)}: ${typeof each === 'string' ? quoted(each) : JSON.stringify(each)}`),
  ];
}

/** The template as JSON, with placeholders of numbers as texts, as scenarios have them; undefined where it is no JSON. */
function jsonTemplate(template: string): JsonValue | undefined {
  // A text, or a placeholder outside of texts.
  const asTexts = template.replaceAll(/"(?:[^"\\]|\\.)*"|\{\{[^}]*\}\}/g, (part) => (part.startsWith('{{') ? JSON.stringify(part) : part));
  try {
    return JSON.parse(asTexts) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Plain where YAML reads it back as the same text. */
function quoted(text: string): string {
  if (/[\u0000-\u001f]/.test(text)) {
    return JSON.stringify(text);
  }
  return /^[A-Za-z][\w./-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}
