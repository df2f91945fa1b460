/** A worker client over memory: keeps projects as the real worker does, and refuses where a test says so. */
import type { ProjectId } from '../../src/base/ids.ts';
import { projectId } from '../../src/base/ids.ts';
import { err, ok } from '../../src/base/result.ts';
import type { Result } from '../../src/base/result.ts';
import { applyEdits } from '../../src/model/edit.ts';
import type { WorkerClient } from '../../src/worker/client.ts';
import type { FileTree, OpenedProject, RequestType, Requests, WorkerError, WorkerEvent } from '../../src/worker/contract.ts';

type Answers = { [Type in RequestType]?: (params: Requests[Type]['in']) => Result<Requests[Type]['out'], WorkerError> };

export interface FakeClient extends WorkerClient {
  readonly asked: { readonly type: RequestType; readonly params: unknown }[];
  readonly projects: Map<ProjectId, { name: string; files: FileTree }>;
  /** Overrides the answer to a request type; null gives it back. */
  answer<Type extends RequestType>(type: Type, answer: Answers[Type] | null): void;
  emit(event: WorkerEvent): void;
  /** Holds answers back until `release`. */
  hold(): void;
  release(): void;
}

export function fakeClient(): FakeClient {
  const projects = new Map<ProjectId, { name: string; files: FileTree }>();
  const asked: { type: RequestType; params: unknown }[] = [];
  const listeners = new Set<(event: WorkerEvent) => void>();
  const overrides: Answers = {};
  let held: (() => void)[] | null = null;
  let created = 0;

  const opened = (id: ProjectId): Result<OpenedProject, WorkerError> => {
    const project = projects.get(id);
    return project === undefined
      ? err({ code: 'not-found', message: 'There is no such project.' })
      : ok({ id, name: project.name, files: project.files, writable: true, run: null });
  };
  const standard: Answers = {
    'create-project': ({ name, files }) => {
      created += 1;
      const id = projectId(`p${created}`);
      projects.set(id, { name, files });
      return ok({ id });
    },
    'open-project': ({ id }) => opened(id),
    'take-over': ({ id }) => opened(id),
    'close-project': () => ok(null),
    'rename-project': ({ id, name }) => {
      const project = projects.get(id);
      if (project !== undefined) {
        project.name = name;
      }
      return ok(null);
    },
    'save-edits': ({ id, edits }) => {
      const project = projects.get(id);
      if (project === undefined) {
        return err({ code: 'not-found', message: 'There is no such project.' });
      }
      project.files = applyEdits(project, edits).files;
      return ok(null);
    },
  };

  return {
    asked,
    projects,
    async ask(type, params) {
      asked.push({ type, params });
      if (held !== null) {
        const queue = held;
        await new Promise<void>((resolve) => queue.push(resolve));
      }
      const answer = overrides[type] ?? standard[type];
      return answer === undefined ? err({ code: 'bad-request', message: `the fake does not answer ${type}` }) : answer(params);
    },
    tell() {},
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    answer(type, answer) {
      if (answer === null || answer === undefined) {
        delete overrides[type];
      } else {
        overrides[type] = answer;
      }
    },
    emit(event) {
      for (const listener of listeners) {
        listener(event);
      }
    },
    hold() {
      held ??= [];
    },
    release() {
      const queue = held ?? [];
      held = null;
      for (const resume of queue) {
        resume();
      }
    },
  };
}
