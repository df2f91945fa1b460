/** What each command takes, as data: parsed, helped with and documented from here. */

export interface OptionSpec {
  readonly name: string;
  /** What its value is called, e.g. FILE; null for a switch. */
  readonly value: string | null;
  readonly repeatable?: boolean;
  readonly help: string;
}

export interface CommandSpec {
  readonly name: CommandName;
  readonly usage: string;
  readonly summary: string;
  /** Paragraphs. */
  readonly about: readonly string[];
  readonly operand: { readonly name: string; readonly repeatable: boolean };
  readonly options: readonly OptionSpec[];
  readonly examples: readonly string[];
}

export type CommandName = 'check' | 'simulate' | 'test' | 'export';

const JSON_OUTPUT: OptionSpec = { name: 'json', value: null, help: 'Print JSON instead of text for people.' };
const ALLOW_KIND: OptionSpec = {
  name: 'allow-kind',
  value: 'NS/TYPE',
  repeatable: true,
  help: 'A kind that an extension of the cluster brings. May be repeated.',
};
const HELP: OptionSpec = { name: 'help', value: null, help: 'Print this help.' };

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'check',
    usage: 'check FILE|DIR... [--fail-on MOMENT] [--allow-kind NS/TYPE]... [--allow-file PATH]... [--json]',
    summary: 'Say what StateFun 3.3.0 makes of module.yaml, and what will hurt.',
    about: [
      'For each module.yaml: whether the real loader accepts it, whether the job starts, whether the first call goes well; and every problem with its place and what to write instead. A folder is checked as a project: its module.yaml, its functions, studio.json and scenarios.',
      'The verdict assumes that AWS_REGION is set, that files which module.yaml names are absent unless they are allowed, and a fixed date. Kinds that StateFun does not bring are rejected unless they are allowed.',
      'The exit code is 0 where StateFun loads every file and code and scenarios can be used, even if the job then does not start or its first call fails: --fail-on start, call or warning makes it 1 there too.',
    ],
    operand: { name: 'FILE|DIR', repeatable: true },
    options: [
      {
        name: 'fail-on',
        value: 'MOMENT',
        help: 'From what on the exit code is 1: load (unless given), start, call, or warning; each holds those before it.',
      },
      ALLOW_KIND,
      {
        name: 'allow-file',
        value: 'PATH',
        repeatable: true,
        help: 'A file that is there where the job runs, such as a certificate, as module.yaml names it. May be repeated.',
      },
      JSON_OUTPUT,
      HELP,
    ],
    examples: ['check .', 'check . --fail-on call', 'check module.yaml --json', 'check prod/*.yaml --allow-kind com.example/ingress'],
  },
  {
    name: 'simulate',
    usage: 'simulate DIR [--scenario FILE|NAME] [--seed TEXT] [--until DURATION] [--trace FILE] [--max-restarts N] [--json]',
    summary: 'Run a project in virtual time and say what it did.',
    about: [
      'Feeds and settings are those of studio.json; with --scenario, the records, faults and code changes of that scenario take the place of the feeds. A failure is treated as StateFun treats it: retries, then a restart of the job from its last checkpoint.',
      'The run ends when nothing is due any more, at --until, or when the job restarted so often for the same failure that it will not get further. Without --until it ends after 31 days of virtual time, and after 1 hour when a feed has no end.',
      'Function code runs in worker threads, with the same results as in the browser but without its walls: simulate only code that you would run.',
    ],
    operand: { name: 'DIR', repeatable: false },
    options: [
      { name: 'scenario', value: 'FILE|NAME', help: 'A scenario file, or the name of one in scenarios/.' },
      { name: 'seed', value: 'TEXT', help: 'The seed of every choice of the run, instead of the one in the settings.' },
      {
        name: 'until',
        value: 'DURATION',
        help: 'How much virtual time to run, with a unit: 500ms, 90s, 15m, 6h, 31d. A scenario is played to its end, and the run goes on to a later time than that.',
      },
      { name: 'trace', value: 'FILE', help: 'Write every event as a line of JSON (see docs/trace.md); - is standard output.' },
      { name: 'max-restarts', value: 'N', help: 'Stop when the job restarted N times for the same failure; 10 unless given, 0 for never.' },
      JSON_OUTPUT,
      HELP,
    ],
    examples: ['simulate .', 'simulate . --until 10m --trace out.jsonl', 'simulate . --scenario rush-hour --seed 7 --json'],
  },
  {
    name: 'test',
    usage: 'test DIR [--scenario FILE|NAME]... [--junit FILE] [--json]',
    summary: 'Play the scenarios of a project and check what they expect.',
    about: [
      'Plays every scenarios/*.yaml, or those named, each in a run of its own. Says for each expectation that failed where it stands, what it expects and what was there.',
      'Function code runs in worker threads, with the same results as in the browser but without its walls: test only code that you would run.',
    ],
    operand: { name: 'DIR', repeatable: false },
    options: [
      { name: 'scenario', value: 'FILE|NAME', repeatable: true, help: 'Play only this scenario. May be repeated.' },
      { name: 'junit', value: 'FILE', help: 'Write a report in the form that JUnit made common.' },
      JSON_OUTPUT,
      HELP,
    ],
    examples: ['test .', 'test . --scenario rush-hour', 'test . --junit report.xml'],
  },
  {
    name: 'export',
    usage: 'export DIR --out DIR2 [--force] [--allow-kind NS/TYPE]... [--json]',
    summary: 'Write a folder that serves the functions with the official SDK.',
    about: [
      'The project as it is, byte for byte, and beside it a server for its functions, package.json with exact versions, package-lock.json and a README. In that folder, npm ci and npm start run it; it listens where module.yaml expects it, or on PORT.',
      'A project that StateFun does not load, or whose functions do not compile, is refused with its problems, unless --force is given.',
    ],
    operand: { name: 'DIR', repeatable: false },
    options: [
      { name: 'out', value: 'DIR2', help: 'The folder to write; it is made if it is not there.' },
      {
        name: 'force',
        value: null,
        help: 'Write into a folder that is not empty (nothing in it is deleted), or a project that does not load.',
      },
      ALLOW_KIND,
      JSON_OUTPUT,
      HELP,
    ],
    examples: ['export . --out ../shop-deployed'],
  },
];
