import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/command-spec.ts';
import { repository, runCommand } from '../support/command-line.ts';

const cli = readFileSync(join(repository, 'docs/cli.md'), 'utf8');
const trace = readFileSync(join(repository, 'docs/trace.md'), 'utf8');
const unionSource = readFileSync(join(repository, 'src/runtime/trace-event.ts'), 'utf8');

describe('docs/cli.md', () => {
  it.each([[[]], ...COMMANDS.map(({ name }) => [[name]])])('holds the help of %j as it is printed', async (command) => {
    const { code, out } = await runCommand(...command, '--help');
    expect(code).toBe(0);
    expect(cli).toContain(`\`\`\`\n${out}\`\`\``);
  });
});

/** Interfaces of the union with their type and their own fields, as the source declares them. */
function declaredEvents(): ReadonlyMap<string, readonly string[]> {
  const events = [...unionSource.matchAll(/export interface \w+ extends Base \{\n([\s\S]*?)\n\}/g)].map(([, body = '']) => {
    const fields = [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, field = '']) => field);
    return [/readonly type: '([a-z-]+)'/.exec(body)?.[1] ?? '', fields.filter((field) => field !== 'type')] as const;
  });
  return new Map(events);
}

/** The codes of `export type NAME = | 'a' | 'b'`, or the types of a union of objects. */
function declaredMembers(name: string): readonly string[] {
  const body = new RegExp(`export type ${name} =\\n([\\s\\S]*?);\\n\\n`).exec(unionSource)?.[1] ?? '';
  return [...body.matchAll(/^ {2}\| (?:\{ readonly type: )?'([a-z-]+)'/gm)].map(([, member = '']) => member);
}

describe('docs/trace.md', () => {
  const sections = new Map(
    trace
      .split(/^### /m)
      .slice(1)
      .map((section) => [/^`([a-z-]+)`/.exec(section)?.[1] ?? '', section] as const),
  );

  it('documents the types of the union, and no others', () => {
    expect([...sections.keys()].sort()).toEqual([...declaredEvents().keys()].sort());
    expect(sections.size).toBeGreaterThan(15);
  });

  it.each([...declaredEvents()])('documents the keys of %s in their order', (type, fields) => {
    const rows = [...(sections.get(type) ?? '').matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, names = '']) => names.split(', '));
    expect(rows.map((name) => name.replaceAll('`', ''))).toEqual(fields);
  });

  it.each(['CallFailureReason', 'JobFailureCode'])('names every member of %s', (union) => {
    const members = declaredMembers(union);
    expect(members.length).toBeGreaterThan(5);
    expect(members.filter((member) => !trace.includes(`\`${member}\``) && !trace.includes(`type: "${member}"`))).toEqual([]);
  });
});
