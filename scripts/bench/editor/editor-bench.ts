/**
 * Measures the extension in a real VS Code: sizes, activation, load of the host's thread, and when results appear on
 * screen.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExitGuard } from '../../../src/base/exit-guard.ts';
import { chooseRig, evidence } from '../../vscode-rig/choose-rig.ts';
import { electronRigProblem } from '../../vscode-rig/electron-rig.ts';
import { root } from '../../vscode-rig/folders.ts';
import { type HostRunOptions, runInHost } from '../../vscode-rig/in-host.ts';
import { packedExtension } from '../../vscode-rig/packed-extension.ts';
import { rigs } from '../../vscode-rig/rigs.ts';
import { serverRigProblem } from '../../vscode-rig/server-rig.ts';
import { cliTimes } from './cli.ts';
import type { ActivationFigures, CheckFigures, SearchFigures } from './figures.ts';
import { seenOnScreen } from './screen/screen.ts';
import { nextBuilds } from './screen/shell-workspace.ts';
import { makeLargeTarget } from './search/large-target.ts';
import { monorepoPart } from './search/monorepo.ts';
import { activationTable, againTable, screenTable, searchTable, sizesTable, threadTable } from './tables.ts';

const LARGE = 'hydration-hydradx-408';
const SMALL = 'shell-2';
const ACTIVATIONS = 5;
const BUILDS = 4;
const CHECK_MINUTES = 15;

export interface EditorBench {
  readonly corpus: string;
  /** Path of the official worker, if there is one. */
  readonly official: string | undefined;
  readonly guard: ExitGuard;
  /** Reports progress. */
  readonly log: (line: string) => void;
  /** Prints a part of the figures. */
  readonly print: (text: string) => void;
}

type HostSetting = Omit<HostRunOptions, 'suite'>;

export async function benchEditor({ corpus, official, guard, log, print }: EditorBench): Promise<void> {
  const vsix = await packedExtension(guard);
  // Without this, every workbench would pack the extension again.
  process.env['PVF_TEST_VSIX'] = vsix;
  print(`Sizes\n${sizesTable(root, vsix)}`);

  print(await monorepoPart());

  const { kind } = await chooseRig(evidence);
  const problem = kind === 'electron' ? electronRigProblem() : serverRigProblem();
  if (problem !== undefined) return print(`\nNothing else was measured: ${problem}`);
  const large = blobOf(corpus, LARGE);
  for (const rig of rigs) {
    const setting: HostSetting = { rig, kind, vsix, guard, print: log };
    try {
      print(await activationPart(setting));
      if (rig.name === 'newest') await benchHost(setting, large, print);
    } catch (error) {
      print(`\nThe rest was not measured in VS Code ${rig.name}: ${String(error)}`);
    }
  }
  const small = blobOf(corpus, SMALL);
  const noScreen = serverRigProblem() ?? (small === undefined ? 'there is no corpus' : undefined);
  if (noScreen !== undefined || small === undefined) return print(`\nNothing was measured on screen: ${noScreen}`);
  for (const worker of ['portable', ...(official === undefined ? [] : [official])]) {
    try {
      print(await screenPart(small, worker));
    } catch (error) {
      print(`\nNot measured on screen: ${String(error)}`);
    }
  }
}

function blobOf(corpus: string, name: string): string | undefined {
  const file = path.join(corpus, `${name}.compact.compressed.wasm`);
  return existsSync(file) ? file : undefined;
}

async function activationPart(setting: HostSetting): Promise<string> {
  const activations: ActivationFigures[] = [];
  for (let n = 0; n < ACTIVATIONS; n += 1) activations.push(await figuresOf('activation', setting));
  const title = `Activation, VS Code ${setting.rig.name}, a new extension host for each, bundle in the page cache (ms)`;
  return `\n${title}\n${activationTable(activations)}`;
}

async function benchHost(
  setting: HostSetting,
  large: string | undefined,
  print: (text: string) => void,
): Promise<void> {
  const { name } = setting.rig;
  if (large !== undefined) {
    const env = { PVF_BENCH_RUNTIME: large };
    const timeoutMs = CHECK_MINUTES * 60_000;
    const checks = await figuresOf<CheckFigures>('checks', { ...setting, env, timeoutMs });
    print(`\nThread of the extension host, VS Code ${name}, built-in worker, ${LARGE}, 14.9 MB raw (ms)`);
    print(threadTable(checks));
    print(`\nFrom the call to the result, VS Code ${name}, ${LARGE}, prepared before, no waiting on purpose (ms)`);
    print(againTable(checks));
  }
  print(await searchPart(setting));
}

async function searchPart(setting: HostSetting): Promise<string> {
  const workspace = await mkdtemp(path.join(tmpdir(), 'pvf-bench-'));
  try {
    const count = makeLargeTarget(workspace);
    const figures = await figuresOf<SearchFigures>('search', { ...setting, workspace });
    return `\nSearch for runtimes, VS Code ${setting.rig.name}, target/ with ${count} files (ms)\n${searchTable(figures)}`;
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

async function screenPart(blob: string, worker: string): Promise<string> {
  const builds = await nextBuilds(blob, BUILDS);
  const seen = await seenOnScreen({ blob, nextBuilds: builds, worker });
  const cli = await cliTimes(root, worker, [readFileSync(blob), ...builds]);
  const { times, shown } = seen.touched;
  return [
    `\nOn screen, VS Code newest, ${worker === 'portable' ? 'built-in' : 'official'} worker, ${SMALL}; each build has one function changed (ms)`,
    screenTable(seen, cli),
    'includes waiting on purpose before a spinner: 200 for more changes, then until the last write is 300 old',
    `file touched, same bytes: shown ${shown} times of ${times}`,
  ].join('\n');
}

/** Runs the suite of a folder beside this file in an extension host, and returns the figures that it writes. */
async function figuresOf<T>(suite: string, setting: HostSetting): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pvf-bench-'));
  try {
    const file = path.join(folder, 'figures.json');
    const env = { ...setting.env, PVF_BENCH_FIGURES: file };
    const { failures } = await runInHost({ ...setting, suite: path.join(import.meta.dirname, suite), env });
    const [failure] = failures;
    if (failure !== undefined) throw new Error(`${failure.title}: ${failure.message}`);
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
