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

export type CommandName = 'check' | 'simulate' | 'test' | 'compare' | 'export';

const JSON_OUTPUT: OptionSpec = { name: 'json', value: null, help: 'Print JSON instead of text for people.' };
const ALLOW_KIND: OptionSpec = {
  name: 'allow-kind',
  value: 'NS/TYPE',
  repeatable: true,
  help: 'A kind that an extension of the cluster brings. May be repeated.',
};
const REMOTE: OptionSpec = {
  name: 'remote',
  value: 'PATTERN[=URL]',
  repeatable: true,
  help: 'Have these functions (ns/* or ns/name) answered over HTTP by the server at the URL, or at the one of studio.json or of their endpoint. May be repeated.',
};
const LOCAL: OptionSpec = {
  name: 'local',
  value: null,
  help: 'Run all other functions in the Studio, whatever studio.json says.',
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
    usage:
      'simulate DIR [--scenario FILE|NAME] [--seed TEXT] [--until DURATION] [--trace FILE] [--max-restarts N] [--remote PATTERN[=URL]]... [--local] [--json]',
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
      REMOTE,
      LOCAL,
      JSON_OUTPUT,
      HELP,
    ],
    examples: [
      'simulate .',
      'simulate . --until 10m --trace out.jsonl',
      'simulate . --scenario rush-hour --seed 7 --json',
      'simulate . --remote greeter/*=http://localhost:8000/statefun',
    ],
  },
  {
    name: 'test',
    usage: 'test DIR [--scenario FILE|NAME]... [--junit FILE] [--remote PATTERN[=URL]]... [--local] [--json]',
    summary: 'Play the scenarios of a project and check what they expect.',
    about: [
      'Plays every scenarios/*.yaml, or those named, each in a run of its own. Says for each expectation that failed where it stands, what it expects and what was there.',
      'Function code runs in worker threads, with the same results as in the browser but without its walls: test only code that you would run.',
    ],
    operand: { name: 'DIR', repeatable: false },
    options: [
      { name: 'scenario', value: 'FILE|NAME', repeatable: true, help: 'Play only this scenario. May be repeated.' },
      { name: 'junit', value: 'FILE', help: 'Write a report in the form that JUnit made common.' },
      REMOTE,
      LOCAL,
      JSON_OUTPUT,
      HELP,
    ],
    examples: ['test .', 'test . --scenario rush-hour', 'test . --junit report.xml'],
  },
  {
    name: 'compare',
    usage: 'compare DIR [SCENARIO]... [--remote PATTERN[=URL]]... [--local] [--until DURATION] [--json]',
    summary: 'Play scenarios with functions in the Studio and on a server, and show what differs.',
    about: [
      'Plays each scenario twice: with all functions in the Studio, and with those that are remote answered by their server. Shows the first call that is answered otherwise, as data: address, request, and both answers with their bytes; then states and egress records that differ in the end.',
      'Which functions are remote is said by --remote or studio.json. Without SCENARIO, all of scenarios/ are played; where there are none, or with --until, the feeds of studio.json.',
      'The exit code is 1 where anything differs. Function code runs in worker threads: compare only code that you would run.',
    ],
    operand: { name: 'DIR', repeatable: true },
    options: [
      REMOTE,
      LOCAL,
      { name: 'until', value: 'DURATION', help: 'Play the feeds for so much virtual time, 1m unless given, instead of scenarios.' },
      JSON_OUTPUT,
      HELP,
    ],
    examples: ['compare . --remote greeter/*=http://localhost:8000/statefun', 'compare . rush-hour --json'],
  },
  {
    name: 'export',
    usage: 'export DIR --out DIR2 | --zip FILE [OPTION]...',
    summary: 'Write a project that runs: the function server, containers, manifests.',
    about: [
      'The project as it is, byte for byte, and beside it a server for its functions with the official SDK, package.json with exact versions, a README with the commands to start, feed and watch it, a Dockerfile, and a compose.yaml with StateFun, Kafka and the topics. In that folder, npm ci and npm start run the functions, docker compose up --build runs everything.',
      'Addresses are those of module.yaml, which the containers load unchanged. Where no container can stand in for what it names (an outside host, several brokers, TLS), it is used as it is, unless --kafka local or --functions local asks for a stand-in: then the containers load a copy, and what differs is told.',
      'What looks like a secret in the project is named on standard error, never printed; with --without-secrets none goes along. A project that StateFun does not load, or whose functions do not compile, is refused with its problems, unless --force is given.',
    ],
    operand: { name: 'DIR', repeatable: false },
    options: [
      { name: 'out', value: 'DIR2', help: 'The folder to write; it is made if it is not there.' },
      { name: 'zip', value: 'FILE', help: 'A ZIP to write, in place of a folder. The same project gives the same bytes.' },
      { name: 'no-docker', value: null, help: 'Leave out Dockerfile and compose.yaml.' },
      { name: 'no-compose', value: null, help: 'Leave out compose.yaml.' },
      {
        name: 'kubernetes',
        value: null,
        help: 'Add manifests for kubectl apply -k. Needs --checkpoints, and --functions-image where functions are served.',
      },
      { name: 'functions-image', value: 'NAME', help: "The function server's image, as the cluster pulls it." },
      {
        name: 'checkpoints',
        value: 'URI|claim:NAME',
        help: 'Where checkpoints go on Kubernetes: a URI such as s3://bucket/path, or a volume claim that is there.',
      },
      {
        name: 'kafka',
        value: 'as-is|local',
        help: 'Brokers that no container can stand in for: as they are (unless given), or a local Kafka with a copy of module.yaml.',
      },
      { name: 'functions', value: 'as-is|local', help: 'Endpoints that no container can stand in for, likewise.' },
      {
        name: 'servers',
        value: 'as-is|local',
        help: 'Function servers of your own: at the URLs of module.yaml (unless given), or where studio.json says that this machine reaches them.',
      },
      {
        name: 'topic',
        value: 'NAME',
        repeatable: true,
        help: 'A topic to create that neither module.yaml nor the code names. May be repeated.',
      },
      {
        name: 'target',
        value: 'apache|kzmlabs',
        help: 'The runtime: Apache StateFun 3.3.0 (unless given), or its fork on Flink 2, which is untested here. The latter needs --runtime-image.',
      },
      { name: 'runtime-image', value: 'NAME', help: 'The image of the kzmlabs runtime, with its tag.' },
      {
        name: 'without-secrets',
        value: null,
        help: 'Put names in the places of secrets, with .env.example to fill them in, and leave out files that exist to hold some, such as .env and *.pem.',
      },
      {
        name: 'force',
        value: null,
        help: 'Write into a folder that is not empty (nothing in it is deleted), over a ZIP that is there, or a project that does not load.',
      },
      ALLOW_KIND,
      JSON_OUTPUT,
      HELP,
    ],
    examples: [
      'export . --out ../shop-deployed',
      'export . --zip shop.zip --no-docker',
      'export . --out ../shop --kubernetes --functions-image registry.example.com/shop:1.0.0 --checkpoints s3://shop/checkpoints',
    ],
  },
];
