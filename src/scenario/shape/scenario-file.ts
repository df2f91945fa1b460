/** The whole file. */
import type { FilePath } from '../../base/ids.ts';
import type { Scenario } from '../scenario.ts';
import { list } from './composites.ts';
import { expectations } from './expectations.ts';
import { object, optional, required } from './object.ts';
import { text } from './scalars.ts';
import { noSettings, settings } from './settings.ts';
import type { Definitions, JsonSchema, Shape } from './shape.ts';
import { step } from './steps.ts';

export function scenarioFile(path: FilePath): Shape<Scenario> {
  return object({
    what: 'a scenario',
    fields: {
      title: optional(text(), 'What the scenario shows, in a line.'),
      description: optional(text(), 'More about it, for its readers.'),
      settings: optional(settings, "How the engine is set up. What is absent is as in the project's simulation settings."),
      steps: required(list(step, 1, 'a list of steps'), 'What happens, in order.'),
      expect: optional(expectations, 'What has to hold at the end, when everything is done.'),
    },
    make: (values): Scenario => ({
      path,
      title: values.title ?? null,
      description: values.description ?? null,
      settings: values.settings ?? noSettings,
      steps: values.steps,
      expect: values.expect ?? [],
    }),
  });
}

/** JSON Schema (draft 7) of a scenario file, for editors. */
export function scenarioSchema(): JsonSchema {
  const definitions: Definitions = new Map();
  const root = scenarioFile('scenario.yaml' as FilePath).schema(definitions);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A scenario of StateFun Studio: scenarios/NAME.yaml',
    ...root,
    definitions: Object.fromEntries(definitions),
  };
}
