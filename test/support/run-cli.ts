/** Runs the built CLI as a user would, in folders of its own, and checks for leftovers. */
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
import { isProblem, isReport, type ProblemEntry, type ReportEntry } from '../../src/model/input-problem.ts';
import type { Report } from '../../src/model/report.ts';
import { processesNaming, processesOfGroup, until } from './leaks.ts';
import { schemaErrors } from './report-schema.ts';

const program = path.join(import.meta.dirname, '../../dist/cli.cjs');

/** For a `before` hook: fails if the CLI is not built. */
export function needBuiltCli(): void {
  assert.ok(existsSync(program), `${program} is missing; \`npm run build\` builds it`);
}

/** The exit code and output of a run. */
export interface Ended {
  /** Undefined when a signal ended the run. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Added to the variables of every run. `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A command prefix: a program that starts the CLI, with its arguments. */
  readonly through?: readonly string[];
  /** Another Node than that of the test. */
  readonly node?: string;
  /** Files that the run is expected to write into the current folder. */
  readonly makes?: readonly string[];
}

export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  signal(name: NodeJS.Signals): void;
  /** The output so far. */
  printed(): { readonly stdout: string; readonly stderr: string };
}

export interface CliBench {
  /** Contains everything of the test. No other process of this machine has it in its arguments. */
  readonly folder: string;
  /** The current folder, cache folder and temporary folder of the CLI. */
  readonly cwd: string;
  readonly cache: string;
  readonly temp: string;
  /** A path in the current folder. */
  at(name: string): string;
  /** Writes a file into the current folder and returns its path. */
  write(name: string, content: string | Uint8Array): string;
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  start(args: readonly string[], options?: RunOptions): Running;
}

/**
 * Files that may stay in the cache folder (of src/worker/artifacts, src/worker/probe, src/check,
 * src/portable).
 */
const kept = [
  /^artifacts(\/0x[0-9a-f]{128}\.pvf|\/[0-9a-f]{64}\.json)?$/,
  /^known-workers(\/[0-9a-f]{32}\.json)?$/,
  /^rates\.json$/,
  /^functions(\/.*)?$/,
  /^history(\/[0-9a-f]{32}\.jsonl)?$/,
  /^chain(\/[0-9a-f]{64}\.json)?$/,
];

interface Folders {
  readonly cwd: string;
  readonly cache: string;
  readonly temp: string;
  readonly home: string;
}

/** The files that the test writes or expects in the current folder, and its processes. */
interface Tracked {
  readonly files: Set<string>;
  readonly started: Set<ChildProcess>;
}

/** Runs a test of the CLI. Fails if it leaves a process, or a file that it should not leave. */
export async function withCli(test: (bench: CliBench) => Promise<void>): Promise<void> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'cli-')));
  const at = (name: string) => path.join(folder, name);
  const folders: Folders = { cwd: at('cwd'), cache: at('cache'), temp: at('temp'), home: at('home') };
  for (const one of Object.values(folders)) mkdirSync(one);
  const tracked: Tracked = { files: new Set(), started: new Set() };
  try {
    await test(makeBench(folder, folders, tracked));
    await until(`the end of all processes of ${folder}`, () => processesOf(folder, tracked.started).length === 0);
    assertNothingLeft(folders, tracked);
  } finally {
    for (const pid of processesOf(folder, tracked.started)) end(pid);
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeBench(folder: string, { cwd, cache, temp, home }: Folders, { files, started }: Tracked): CliBench {
  const start: CliBench['start'] = (args, { env = {}, through = [], node = process.execPath, makes = [] } = {}) => {
    for (const name of makes) files.add(name);
    const own = { PATH: '/usr/bin:/bin', HOME: home, PVF_CACHE_DIR: cache, TMPDIR: temp, TERM: 'xterm' };
    const [first, ...rest] = [...through, node, program, ...args] as [string, ...string[]];
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
    // A group of its own, so that only the CLI itself can end its processes.
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

function assertNothingLeft({ cwd, cache, temp, home }: Folders, { files }: Tracked): void {
  const left = {
    temp: readdirSync(temp),
    home: readdirSync(home),
    cwd: readdirSync(cwd).filter((name) => !files.has(name)),
    cache: below(cache).filter((name) => !kept.some((pattern) => pattern.test(name))),
  };
  assert.deepEqual(left, { temp: [], home: [], cwd: [], cache: [] }, 'files are left');
}

/** The reports of `--json`, validated against the schema. */
export function reportsOf(ended: Ended): Report[] {
  const entries = entriesOf(ended);
  assert.ok(entries.every(isReport), ended.stdout);
  return entries;
}

/** The reports of `--json`, and the problems of files that are no runtime. */
export function entriesOf({ stdout, stderr }: Ended): ReportEntry[] {
  assert.notEqual(stdout, '', `nothing on stdout; on stderr: ${stderr}`);
  const value: unknown = JSON.parse(stdout);
  const reports = Array.isArray(value) ? value : [value];
  for (const report of reports) assert.deepEqual(schemaErrors(report), []);
  return reports as ReportEntry[];
}

/** The problem of `--json` for a single file that is no runtime. */
export function problemOf(ended: Ended): ProblemEntry {
  const [entry, ...others] = entriesOf(ended);
  assert.ok(entry && isProblem(entry) && others.length === 0, ended.stdout);
  return entry;
}

/** The report of `--json` for a single file, which is not in an array. */
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

/**
 * Processes with the folder in their arguments, with their working folder in it, or in a group of the given leaders.
 */
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
    // It has already ended.
  }
}
