/** The report that users see, made of what the worker told about the bundle it loaded, or of its failure to load. */
import { typename } from '../../base/ids.ts';
import type { Stall } from '../../protocol/call.ts';
import { STALL_WORDS } from '../../protocol/stall-words.ts';
import type { CodeBundle, CodeProblem, CodeProblemCode, LoadReport } from '../sandbox-api.ts';
import type { ModuleTable, RawReport } from '../wire.ts';
import { errorWords } from './error-words.ts';
import { mapPlace, mapStack, placeInScript, placeOfText } from './place-mapper.ts';
import type { RawError, RawPlace } from '../worker/call-record.ts';
import { readFailureText } from './worker-link.ts';

const codes = new Set<string>(['no-spec', 'bad-spec', 'duplicate-typename', 'load-error', 'bad-stub'] satisfies CodeProblemCode[]);

export function reportOf(bundle: CodeBundle, raw: RawReport): LoadReport {
  const problems: CodeProblem[] = [];
  for (const { code, message, file, place, near } of raw.problems) {
    const compiled = bundle.files[file];
    if (compiled !== undefined && isCode(code)) {
      problems.push({
        code,
        message: code === 'load-error' ? withWords(bundle, message, place) : message,
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

/**
 * What to say when the worker ended, or fell silent, before it had loaded the bundle.
 * @param stall where it stays, as far as that was found
 */
export function failedReport(
  bundle: CodeBundle,
  table: ModuleTable,
  failure: string,
  loading: number | null,
  stall: Stall | null,
): LoadReport {
  const { message: told, line, column } = readFailureText(failure);
  const message = stall === null ? told : `${told.replace(/:.*$/s, '')}: ${STALL_WORDS[stall.type]}.`;
  const file = bundle.files[loading ?? 0];
  const place = placeInScript(bundle, table, line, column) ?? stall?.place ?? null;
  const path = place?.path ?? file?.path;
  return path === undefined ? { functions: [], problems: [] } : { functions: [], problems: [{ code: 'load-error', message, place, path }] };
}

/** Each once, however often it happens. */
export function withRejection(bundle: CodeBundle, report: LoadReport, { name, message, stack }: RawError): LoadReport {
  const [place] = mapStack(bundle, stack);
  const path = place?.path ?? bundle.files[0]?.path;
  const words = `A promise was rejected (${name}: ${errorWords(bundle, message, stack[0] ?? null)}) and nothing handled it: await what a function starts. Outside the Studio it can end the server.`;
  const isKnown = report.problems.some((known) => known.message === words && known.place?.line === place?.line && known.path === path);
  return path === undefined || isKnown
    ? report
    : { ...report, problems: [...report.problems, { code: 'unhandled-rejection', message: words, path, place: place ?? null }] };
}

/** `TypeError: message`. */
function withWords(bundle: CodeBundle, text: string, place: RawPlace | null): string {
  const [, name = '', message = text] = /^(\w+: )(.*)$/s.exec(text) ?? [];
  return name + errorWords(bundle, message, place);
}

function isCode(code: string): code is CodeProblemCode {
  return codes.has(code);
}
