/** What a scenario makes of a project's own configuration. */
import type { SimulationSettings } from '../model/simulation-settings.ts';
import type { RunConfig } from '../runtime/engine-api.ts';
import type { Scenario } from './scenario.ts';

/**
 * Failures take their course as on the engine, which does not stop at the first. The generators of studio.json stay off
 * unless the scenario asks for them.
 */
export function scenarioConfig(scenario: Scenario, config: RunConfig): RunConfig {
  const { generators, callLatency, ...given } = scenario.settings;
  const settings: SimulationSettings = {
    ...config.settings,
    ...given,
    ...(callLatency === undefined ? {} : { callLatency }),
    pauseOnFailure: false,
  };
  return { ...config, settings, feeds: generators ? config.feeds : [] };
}
