/** A setting of studio.json that makes functions remote, and that no call would ever meet, or whose URL no call could go to. */
import { STUDIO_JSON } from '../../model/project.ts';
import { isServed, patternText, remoteUrlProblem, urlOf } from '../../model/remote-target.ts';
import { moduleDefinition } from '../../module-yaml/definition.ts';
import { nearest } from '../../base/nearest.ts';
import type { Problem } from '../../model/problem.ts';
import type { Check, CheckCode } from './check.ts';

export const remoteEndpoints: Check = ({ studio, module }) => {
  const definition = moduleDefinition(module);
  const patterns = definition.endpoints.map(({ pattern }) => patternText(pattern));
  return studio.remotes.flatMap((remote, index): readonly Problem<CheckCode>[] => {
    const place = { path: STUDIO_JSON, field: ['remotes', index] } as const;
    if (!isServed(definition, remote.functions)) {
      const meant = nearest(remote.functions, patterns);
      const advice = meant === null ? 'add an endpoint for it, or remove the setting.' : `did you mean ${meant}?`;
      const message = `${remote.functions} is to be remote, and no endpoint serves it: ${advice}`;
      return [{ code: 'remote-not-served', severity: 'warning', message, ...place }];
    }
    const problem = remoteUrlProblem(urlOf(definition, remote) ?? '');
    if (problem === null) {
      return [];
    }
    const message = `${remote.functions} is remote, and nothing can be sent to it: ${problem}. Give it a URL for this machine.`;
    return [{ code: 'remote-url', severity: 'warning', message, ...place }];
  });
};
