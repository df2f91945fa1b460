/** A scenario against the project that it is for: every name that it uses has to be there. */
import { typename } from '../base/ids.ts';
import type { FilePath, Typename } from '../base/ids.ts';
import type { ModuleDefinition } from '../model/module.ts';
import type { TextRange } from '../model/problem.ts';
import { remoteFor } from '../model/remote-target.ts';
import type { RemoteEndpoint } from '../model/studio-file.ts';
import type { SimulationSettings } from '../model/simulation-settings.ts';
import { nearest } from '../base/nearest.ts';
import { placeholderKinds } from '../runtime/feeds/placeholder-kinds.ts';
import { scenarioProblem } from './problem-codes.ts';
import type { ScenarioProblem, ScenarioProblemCode } from './problem-codes.ts';
import type { CodeChange, Expectation, Fault, FunctionCall, Scenario, SentRecord, SourcePlace } from './scenario.ts';

export interface ScenarioSubject {
  readonly module: ModuleDefinition;
  /** The scenario's, over those of the project. */
  readonly settings: SimulationSettings;
  /** What the code defines. */
  readonly functions: readonly { readonly typename: Typename; readonly states: readonly { readonly name: string }[] }[];
  /** Functions without code that answer all the same. */
  readonly standIns: readonly { readonly typename: Typename }[];
  /** Functions that a server outside answers for. */
  readonly remotes?: readonly RemoteEndpoint[];
  /** The project's files by path; bytes are files that are no text. */
  readonly files: ReadonlyMap<FilePath, string | Uint8Array>;
}

export function checkScenario(scenario: Scenario, subject: ScenarioSubject): readonly ScenarioProblem[] {
  const check = new ScenarioCheck(scenario, subject);
  for (const step of scenario.steps) {
    switch (step.type) {
      case 'send':
        step.records.forEach((record) => check.record(record));
        break;
      case 'fault':
        check.fault(step.fault, step.place);
        break;
      case 'code':
        step.changes.forEach((change) => check.change(change));
        break;
      case 'expect':
        step.expect.forEach((expectation) => check.expectation(expectation));
        break;
      case 'call':
        check.call(step.call);
        break;
      case 'wait':
      case 'crash':
      case 'checkpoint':
        break;
    }
  }
  scenario.expect.forEach((expectation) => check.expectation(expectation));
  return check.problems;
}

class ScenarioCheck {
  readonly problems: ScenarioProblem[] = [];
  readonly #path: FilePath;
  readonly #subject: ScenarioSubject;
  /** New code may define functions and states that nobody can know of beforehand. */
  readonly #changesCode: boolean;

  constructor(scenario: Scenario, subject: ScenarioSubject) {
    this.#path = scenario.path;
    this.#subject = subject;
    this.#changesCode = scenario.steps.some(({ type }) => type === 'code');
  }

  record({ place, topic, partition, key, payload, headers, repeat }: SentRecord): void {
    const topics = [...new Set(this.#subject.module.ingresses.flatMap(({ routes }) => routes.map((route) => route.topic)))];
    this.#known('scenario-unknown-topic', place, topic, topics, 'No ingress reads topic', 'The topics are');
    const { partitions } = this.#subject.settings;
    if (partition !== null && partition >= partitions) {
      this.#report('scenario-bad-partition', place, `There is no partition ${partition}: topics have ${partitions}, counted from 0.`);
    }
    const texts = [key ?? '', ...headers.map(({ value }) => value), JSON.stringify(payload)];
    const unused = repeat === null ? texts.map(placeholderIn).find((found) => found !== null) : null;
    if (unused !== null && unused !== undefined) {
      const message = `“${unused}” is sent as it stands: only records with repeat (which may be 1) have placeholders.`;
      this.problems.push(scenarioProblem('scenario-unused-template', message, this.#path, rangeOf(place), 'warning'));
    }
  }

  fault({ functions: { namespace, name } }: Fault, place: SourcePlace): void {
    const patterns = this.#subject.module.endpoints.map(({ pattern }) => pattern);
    if (!patterns.some((pattern) => pattern.namespace === namespace && (name === '*' || pattern.name === '*' || pattern.name === name))) {
      const all = patterns.map((pattern) => `${pattern.namespace}/${pattern.name}`);
      const wanted = `${namespace}/${name}`;
      this.#report('scenario-unserved-functions', place, `No endpoint serves ${wanted}. ${advice(wanted, all, 'The endpoints serve')}`);
    }
    if (name !== '*') {
      this.#function(`${namespace}/${name}`, place);
    }
  }

  change({ place, file, content }: CodeChange): void {
    const files = [...this.#subject.files].flatMap(([path, text]) => (typeof text === 'string' ? [path as string] : []));
    if (content.type === 'from' && !files.includes(content.path)) {
      this.#report(
        'scenario-missing-file',
        place,
        `There is no text file ${content.path} in the project. ${advice(content.path, files, null)}`,
      );
    }
    const meant = files.includes(file) ? null : nearest(file, files);
    if (meant !== null) {
      const message = `There is no file ${file} in the project, so it will be added: write ${meant} if that one is to change.`;
      this.problems.push(scenarioProblem('scenario-missing-file', message, this.#path, rangeOf(place), 'warning'));
    }
  }

  call({ place, function: name, states }: FunctionCall): void {
    this.#function(name, place);
    const declared = this.#subject.functions.find(({ typename }) => typename === name)?.states.map((state) => state.name);
    for (const state of declared === undefined || this.#changesCode ? [] : states) {
      this.#known('scenario-unknown-state', place, state.name, declared ?? [], `${name} has no state`, 'Its states are');
    }
  }

  expectation(expectation: Expectation): void {
    const { place } = expectation;
    if (expectation.type === 'egress') {
      const ids = this.#subject.module.egresses.map(({ id }) => id);
      this.#known('scenario-unknown-egress', place, expectation.egress, ids, 'There is no egress', 'The egresses are');
      return;
    }
    if (expectation.function !== null) {
      this.#function(expectation.function, place);
    }
    if (expectation.type === 'state') {
      const states = this.#subject.functions.find(({ typename }) => typename === expectation.function)?.states.map(({ name }) => name);
      if (states !== undefined && !this.#changesCode) {
        const what = `${expectation.function} has no state`;
        this.#known('scenario-unknown-state', place, expectation.state, states, what, 'Its states are');
      }
    }
  }

  #function(name: string, place: SourcePlace): void {
    const { module, functions, standIns, remotes = [] } = this.#subject;
    const targets = module.ingresses.flatMap(({ routes }) => routes.flatMap((route) => route.targets));
    const all = [...new Set([...functions, ...standIns].map(({ typename }) => typename as string).concat(targets))];
    if (!this.#changesCode && remoteFor(module, remotes, typename(name)) === null) {
      this.#known('scenario-unknown-function', place, name, all, 'There is no function', 'The functions are');
    }
  }

  #known(code: ScenarioProblemCode, place: SourcePlace, name: string, names: readonly string[], what: string, list: string): void {
    if (!names.includes(name)) {
      this.#report(code, place, `${what} ${name}. ${advice(name, names, list)}`);
    }
  }

  #report(code: ScenarioProblemCode, place: SourcePlace, message: string): void {
    this.problems.push(scenarioProblem(code, message.trim(), this.#path, rangeOf(place)));
  }
}

function rangeOf({ offset }: SourcePlace): TextRange {
  return { from: offset, to: offset + 1 };
}

function advice(name: string, names: readonly string[], list: string | null): string {
  const meant = nearest(name, names);
  if (meant !== null) {
    return `Write ${meant}.`;
  }
  return list === null ? '' : names.length === 0 ? 'The project has none.' : `${list} ${names.join(', ')}.`;
}

function placeholderIn(text: string): string | null {
  const found = /\{\{\s*([a-z]+)[^}]*\}\}/.exec(text);
  return found !== null && placeholderKinds.has(found[1] ?? '') ? found[0] : null;
}
