/** Builds the example runtime in the cache folder, where the 2.6 GB of cargo's output survive a clean clone. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { cacheFolder } from '../../src/base/cache-folder.ts';
import type { ExitGuard } from '../../src/base/exit-guard.ts';
import { describeExit } from '../../src/base/process-exit.ts';
import { runGroup } from '../../src/toolchain/cargo/run-group.ts';
import { createOnce } from '../provision/create-once.ts';
import { exampleCrate, exampleFolder, sha256, sourceFiles } from './sources.ts';
import type { WasmToolchain } from './toolchain.ts';

/** A copy of the example with cargo's output. One for each lock file and compiler. */
export interface CachedBuild {
  /** The Cargo workspace. Its `target` is inside, because wasm-builder searches upwards from there for `Cargo.lock`. */
  readonly workspace: string;
  /** The compressed blob of the last build. */
  readonly blob: string;
  /** The file that a successful build writes. */
  readonly stamp: string;
  /** The folder of scripts/example/wasm-toolchain.sh. Absent: rustup has the target. */
  readonly debianFolder?: string;
}

/** From nothing, the build takes 25 minutes on two busy cores. */
const BUILD_MINUTES = 180;
const OTHER_MINUTES = 20;

/**
 * The arguments of `cargo build`, after the manifest. What cargo builds for this machine never runs, so it is not optimized.
 * wasm-builder does not see that: it reads the profiles of `Cargo.toml`.
 */
export const buildArguments = [
  '--release',
  '--locked',
  '--offline',
  '--config',
  'profile.release.opt-level=0',
] as const;

export function cachedBuild({ kind, rustc }: WasmToolchain): CachedBuild {
  const cache = cacheFolder({ platform: process.platform, env: process.env, homeFolder: homedir() });
  const lock = readFileSync(path.join(exampleFolder, 'Cargo.lock'), 'utf8');
  const folder = path.join(cache, 'example', sha256(JSON.stringify([lock, kind, rustc])).slice(0, 16));
  const workspace = path.join(folder, 'tally');
  const stem = exampleCrate.replaceAll('-', '_');
  return {
    workspace,
    blob: path.join(workspace, 'target/release/wbuild', exampleCrate, `${stem}.compact.compressed.wasm`),
    stamp: path.join(folder, 'built'),
    ...(kind === 'debian' && { debianFolder: path.join(folder, 'toolchain') }),
  };
}

/** Was it built completely, so that the next build takes a minute or two? */
export function isWarm({ stamp, blob }: CachedBuild): boolean {
  return existsSync(stamp) && existsSync(blob);
}

/** The variables of cargo, in addition to those of this process. */
export function buildEnvironment({ workspace, debianFolder }: CachedBuild): Record<string, string> {
  const { PATH = '', CARGO_HOME = path.join(homedir(), '.cargo') } = process.env;
  const registry = path.join(CARGO_HOME, 'registry/src');
  const sources = existsSync(registry) ? readdirSync(registry).sort() : [];
  // Otherwise the blob contains paths of this machine, in the messages of panics.
  const remapped = [`${workspace}=/tally`, ...sources.map((name) => `${path.join(registry, name)}=/crates`)];
  return {
    ...(debianFolder !== undefined && { PATH: `${path.join(debianFolder, 'bin')}${path.delimiter}${PATH}` }),
    CARGO_TARGET_DIR: path.join(workspace, 'target'),
    WASM_BUILD_RUSTFLAGS: remapped.map((pair) => `--remap-path-prefix=${pair}`).join(' '),
  };
}

/** Writes the sources into the workspace. Leaves equal files alone, so that cargo does not build them again. */
export function copySources({ workspace }: CachedBuild): void {
  for (const name of [...sourceFiles(), '.gitignore']) {
    const content = readFileSync(path.join(exampleFolder, name));
    const copy = path.join(workspace, name);
    if (existsSync(copy) && readFileSync(copy).equals(content)) continue;
    mkdirSync(path.dirname(copy), { recursive: true });
    writeFileSync(copy, content);
  }
}

/** Gets ready to build: toolchain, sources and crates. Needs the network if crates are missing. */
export async function prepareBuild(build: CachedBuild, guard: ExitGuard): Promise<void> {
  const { debianFolder, workspace } = build;
  if (debianFolder !== undefined) {
    const isNew = !existsSync(path.join(debianFolder, 'ready'));
    const script = path.join(import.meta.dirname, 'wasm-toolchain.sh');
    const fill = (partial: string) =>
      run('bash', [script, partial], { cwd: exampleFolder, env: {}, minutes: OTHER_MINUTES, guard });
    await createOnce(debianFolder, fill, guard);
    // Cargo does not notice another sysroot of the same compiler.
    if (isNew) removeWasmOutput(workspace);
  }
  copySources(build);
  const env = buildEnvironment(build);
  await run('cargo', ['fetch', '--locked'], { cwd: workspace, env, minutes: OTHER_MINUTES, guard });
}

/** @param features of the runtime's crate */
export async function runBuild(build: CachedBuild, features: readonly string[], guard: ExitGuard): Promise<void> {
  const { workspace, stamp } = build;
  const manifest = path.join(workspace, 'runtime/Cargo.toml');
  const args = ['build', '--manifest-path', manifest, ...buildArguments];
  const withFeatures = features.length === 0 ? args : [...args, '--features', features.join(',')];
  const env = buildEnvironment(build);
  await run('cargo', withFeatures, { cwd: workspace, env, minutes: BUILD_MINUTES, guard });
  writeFileSync(stamp, `${new Date().toISOString()}\n`);
}

function removeWasmOutput(workspace: string): void {
  const wbuild = path.join(workspace, 'target/release/wbuild');
  rmSync(path.join(wbuild, 'target'), { recursive: true, force: true });
  rmSync(path.join(wbuild, exampleCrate, 'target'), { recursive: true, force: true });
}

interface RunOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly minutes: number;
  readonly guard: ExitGuard;
}

/** Runs a program that prints to stderr. Rejects when it fails. */
async function run(program: string, args: readonly string[], { cwd, env, minutes, guard }: RunOptions): Promise<void> {
  const print = (text: string) => void process.stderr.write(text);
  const signal = AbortSignal.timeout(minutes * 60_000);
  const all = { ...process.env, ...env };
  const exit = await runGroup({ program, args, cwd, env: all, onStdout: print, onStderr: print, guard, signal });
  if (exit.kind === 'exited' && exit.code === 0) return;
  const how = signal.aborted ? `was not done after ${minutes} minutes` : describeExit(exit);
  throw new Error(`${program} ${args.join(' ')} ${how}`);
}
