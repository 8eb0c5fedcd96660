/** Runs a mocha suite inside the extension host of a real VS Code that has the packed extension installed. */
import { cpSync, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExitGuard } from '../../src/base/exit-guard.ts';
import { bundleSuite } from './bundle-suite.ts';
import type { RigKind } from './choose-rig.ts';
import { runOnElectron } from './electron-rig.ts';
import { root } from './folders.ts';
import { type Ending, type HostEnd, type HostRun, judge, type SuiteResults } from './host-run.ts';
import { keepLogs } from './keep-logs.ts';
import type { Rig } from './rigs.ts';
import { runOnServer } from './server-rig.ts';
import { withSourceLocations } from './source-locations.ts';

export interface HostRunOptions {
  readonly rig: Rig;
  readonly kind: RigKind;
  /** The packed extension. */
  readonly vsix: string;
  /** A folder with `*.test.ts` files. */
  readonly suite: string;
  /** The run opens a copy of this folder, or the `.code-workspace` in it. Default: an empty folder. */
  readonly workspace?: string;
  /** Added to this process's environment for the extension host. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Only tests whose full title matches. */
  readonly grep?: string;
  /** Limit for VS Code's start and the whole suite. */
  readonly timeoutMs?: number;
  readonly guard: ExitGuard;
  readonly print: (line: string) => void;
}

const DEFAULT_TIMEOUT_MS = 600_000;

/** Rejects when VS Code could not start. Keeps the logs of a failed run and prints their folder. */
export async function runInHost(options: HostRunOptions): Promise<HostRun> {
  const { rig, vsix, grep, timeoutMs = DEFAULT_TIMEOUT_MS, guard, print } = options;
  const folder = await mkdtemp(path.join(tmpdir(), 'pvf-vs-'));
  const releaseFolder = guard.folder(folder);
  const suite = await bundleSuite(options.suite, guard);
  const results = path.join(folder, 'results.json');
  const workspace = await copyWorkspace(options.workspace, path.join(folder, 'workspace'));
  const env = {
    // The run neither uses nor changes the user's cache.
    PVF_CACHE_DIR: path.join(folder, 'cache'),
    ...options.env,
    PVF_RIG_RESULTS: results,
    PVF_RIG_LOGS: path.join(folder, 'user/logs'),
    PVF_RIG_GREP: grep,
  };
  const driver = path.join(import.meta.dirname, 'driver');
  const run = { rig, vsix, suite: suite.script, driver, workspace, folder, env, timeoutMs, guard, print };
  let isGood = false;
  try {
    const end = await (options.kind === 'electron' ? runOnElectron(run) : runOnServer(run));
    const mapStack = (text: string) => withSourceLocations(text, suite.folder, root);
    const ending = await endingOf(end, results, mapStack, grep !== undefined);
    printTests(ending.results ?? (await resultsIn(`${results}.part`, mapStack)), print);
    const outcome = judge(ending);
    isGood = outcome.failed === 0;
    return outcome;
  } finally {
    if (!isGood) print(`Logs: ${await keepLogs(folder, rig.name)}`);
    await rm(suite.folder, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    releaseFolder();
  }
}

/** Copies the workspace and returns the path to open. */
async function copyWorkspace(from: string | undefined, to: string): Promise<string> {
  await mkdir(to);
  if (from !== undefined) cpSync(from, to, { recursive: true });
  const file = (await readdir(to)).find((name) => name.endsWith('.code-workspace'));
  return path.join(to, file ?? '');
}

async function endingOf(
  end: HostEnd,
  file: string,
  mapStack: (text: string) => string,
  isPicked: boolean,
): Promise<Ending> {
  const running = await textIn(`${file}.running`);
  const results = await resultsIn(file, mapStack);
  return { end, isPicked, ...(results ? { results } : {}), ...(running === undefined ? {} : { running }) };
}

/** Undefined when the file is missing, or incomplete because its writer was killed. */
async function resultsIn(file: string, mapStack: (text: string) => string): Promise<SuiteResults | undefined> {
  const text = await textIn(file);
  if (!text?.endsWith('}')) return undefined;
  const results = JSON.parse(text) as SuiteResults;
  const tests = results.tests.map((test) => (test.text === undefined ? test : { ...test, text: mapStack(test.text) }));
  return { ...results, tests };
}

async function textIn(file: string): Promise<string | undefined> {
  return existsSync(file) ? readFile(file, 'utf8') : undefined;
}

function printTests(results: SuiteResults | undefined, print: (line: string) => void): void {
  if (results === undefined) return;
  print(`VS Code ${results.host.vscode}, Node ${results.host.node}`);
  const marks = { passed: '✔', failed: '✖', skipped: '-' };
  for (const { title, state, ms, text } of results.tests) {
    print(`  ${marks[state]} ${title}${ms === undefined ? '' : ` (${ms} ms)`}${text ? `\n${indented(text)}` : ''}`);
  }
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '      ');
}
