/** Runs the built CLI as a person would, in folders of its own, and looks at what it left behind. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Report } from '../../src/model/report.ts';
import { processesNaming, processesOfGroup, until } from './leaks.ts';
import { schemaErrors } from './report-schema.ts';

const program = path.join(import.meta.dirname, '../../dist/cli.cjs');

/** For a `before` hook. */
export function needBuiltCli(): void {
  assert.ok(existsSync(program), `there is no ${program}: \`npm run build\` makes it`);
}

/** How a run ended, and all that it printed. */
export interface Ended {
  /** Absent when a signal ended it. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Beside what every run has. `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A program with its arguments that starts the CLI. */
  readonly through?: readonly string[];
  /** Files in the current folder that it is meant to make. */
  readonly makes?: readonly string[];
}

export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  signal(name: NodeJS.Signals): void;
  /** What it printed so far. */
  printed(): { readonly stdout: string; readonly stderr: string };
}

export interface CliBench {
  /** Everything is below, and no other process of this machine has it in its arguments. */
  readonly folder: string;
  /** The folders that the CLI is told of: current, cache, temporary. */
  readonly cwd: string;
  readonly cache: string;
  readonly temp: string;
  /** A path in the current folder. */
  at(name: string): string;
  /** Puts a file into the current folder and returns its path. */
  write(name: string, content: string | Uint8Array): string;
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  start(args: readonly string[], options?: RunOptions): Running;
}

/** What may stay in the cache folder (src/worker/artifacts, src/worker/probe, src/check/rates.ts, src/portable/store). */
const kept = [
  /^artifacts(\/0x[0-9a-f]{128}\.pvf|\/[0-9a-f]{64}\.json)?$/,
  /^known-workers(\/[0-9a-f]{32}\.json)?$/,
  /^rates\.json$/,
  /^functions(\/.*)?$/,
];

interface Folders {
  readonly cwd: string;
  readonly cache: string;
  readonly temp: string;
  readonly home: string;
}

/** What the test put into the current folder or expects there, and what it has started. */
interface Doings {
  readonly files: Set<string>;
  readonly started: Set<ChildProcess>;
}

/** Runs a test on the CLI. Fails if a process or a file is left that should not be there. */
export async function withCli(test: (bench: CliBench) => Promise<void>): Promise<void> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'cli-')));
  const at = (name: string) => path.join(folder, name);
  const folders: Folders = { cwd: at('cwd'), cache: at('cache'), temp: at('temp'), home: at('home') };
  for (const one of Object.values(folders)) mkdirSync(one);
  const doings: Doings = { files: new Set(), started: new Set() };
  try {
    await test(makeBench(folder, folders, doings));
    await until(`the end of all processes of ${folder}`, () => processesOf(folder, doings.started).length === 0);
    assertNothingLeft(folders, doings);
  } finally {
    for (const pid of processesOf(folder, doings.started)) end(pid);
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeBench(folder: string, { cwd, cache, temp, home }: Folders, { files, started }: Doings): CliBench {
  const start: CliBench['start'] = (args, { env = {}, through = [], makes = [] } = {}) => {
    for (const name of makes) files.add(name);
    const own = { PATH: '/usr/bin:/bin', HOME: home, PVF_CACHE_DIR: cache, TMPDIR: temp, TERM: 'xterm' };
    const [first, ...rest] = [...through, process.execPath, program, ...args] as [string, ...string[]];
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
    // A group of its own, so that nothing but the CLI's own doing ends what it has started.
    const child = spawn(first, rest, { cwd, env: { ...own, ...env }, detached: true, stdio });
    started.add(child);
    return follow(child);
  };
  return {
    folder,
    cwd,
    cache,
    temp,
    at: (name) => path.join(cwd, name),
    write: (name, content) => {
      files.add(name);
      writeFileSync(path.join(cwd, name), content);
      return path.join(cwd, name);
    },
    run: (args, options) => start(args, options).ended,
    start,
  };
}

function assertNothingLeft({ cwd, cache, temp, home }: Folders, { files }: Doings): void {
  const left = {
    temp: readdirSync(temp),
    home: readdirSync(home),
    cwd: readdirSync(cwd).filter((name) => !files.has(name)),
    cache: below(cache).filter((name) => !kept.some((pattern) => pattern.test(name))),
  };
  assert.deepEqual(left, { temp: [], home: [], cwd: [], cache: [] }, 'files are left');
}

/** The reports of `--json`, checked against the schema. */
export function reportsOf({ stdout, stderr }: Ended): Report[] {
  assert.notEqual(stdout, '', `nothing on stdout; on stderr: ${stderr}`);
  const value: unknown = JSON.parse(stdout);
  const reports = Array.isArray(value) ? value : [value];
  for (const report of reports) assert.deepEqual(schemaErrors(report), []);
  return reports as Report[];
}

/** The one report of `--json` for one file, which is no array. */
export function reportOf(ended: Ended): Report {
  const [report] = reportsOf(ended);
  assert.ok(report && ended.stdout.startsWith('{'), 'one file gives one object');
  return report;
}

function follow(child: ChildProcess): Running {
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text;
    });
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? undefined, ...printed }));
  });
  ended.catch(() => {});
  const { pid } = child;
  assert.ok(pid !== undefined, 'the CLI could not be started');
  return { pid, ended, signal: (name) => child.kill(name), printed: () => ({ ...printed }) };
}

/** Processes that have the folder in their arguments or work in it, or belong to a group of the given processes. */
function processesOf(folder: string, leaders: ReadonlySet<ChildProcess>): number[] {
  const inGroups = [...leaders].flatMap(({ pid }) => (pid === undefined ? [] : processesOfGroup(pid)));
  return [...new Set([...processesNaming(folder), ...processesWorkingIn(folder), ...inGroups])];
}

function processesWorkingIn(folder: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && workingFolder(pid).startsWith(folder));
}

function workingFolder(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

function below(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return (readdirSync(folder, { recursive: true }) as string[]).sort();
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
