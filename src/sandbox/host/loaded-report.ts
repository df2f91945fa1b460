/** The report that users see, made of what the worker told about the bundle it loaded, or of its failure to load. */
import { typename } from '../../base/ids.ts';
import type { CodeBundle, CodeProblem, CodeProblemCode, LoadReport } from '../sandbox-api.ts';
import type { ModuleTable, RawReport } from '../wire.ts';
import { mapPlace, placeInScript, placeOfText } from './place-mapper.ts';
import { readFailureText } from './worker-link.ts';

const codes = new Set<string>(['no-spec', 'bad-spec', 'duplicate-typename', 'load-error', 'bad-stub'] satisfies CodeProblemCode[]);

export function reportOf(bundle: CodeBundle, raw: RawReport): LoadReport {
  const problems: CodeProblem[] = [];
  for (const { code, message, file, place, near } of raw.problems) {
    const compiled = bundle.files[file];
    if (compiled !== undefined && isCode(code)) {
      problems.push({
        code,
        message,
        path: compiled.path,
        place: mapPlace(bundle, place) ?? (near === null ? null : placeOfText(compiled, near)),
      });
    }
  }
  const functions = raw.functions.flatMap(({ typename: name, file, states }) => {
    const compiled = bundle.files[file];
    return compiled === undefined ? [] : [{ typename: typename(name), path: compiled.path, states }];
  });
  return { functions, problems };
}

/** What to say when the worker ended, or fell silent, before it had loaded the bundle. */
export function failedReport(bundle: CodeBundle, table: ModuleTable, failure: string, loading: number | null): LoadReport {
  const { message, line, column } = readFailureText(failure);
  const place = placeInScript(bundle, table, line, column);
  const path = place?.path ?? bundle.files[loading ?? 0]?.path;
  return path === undefined ? { functions: [], problems: [] } : { functions: [], problems: [{ code: 'load-error', message, place, path }] };
}

function isCode(code: string): code is CodeProblemCode {
  return codes.has(code);
}
