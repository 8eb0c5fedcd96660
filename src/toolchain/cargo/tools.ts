import os from 'node:os';
import path from 'node:path';
import { withDeadline } from '../../base/deadline.ts';
import type { ExitGuard } from '../../base/exit-guard.ts';
import { describeExit } from '../../base/process-exit.ts';
import { firstProgram, pathFolders } from '../../worker/locate/search-path.ts';
import type { BuildProblem } from './problem.ts';
import { runGroup } from './run-group.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Cargo {
  readonly path: string;
  /** `1.95.0` */
  readonly version: string;
  /** What it builds for unless told otherwise: `x86_64-unknown-linux-gnu`. */
  readonly host?: string;
}

/** cargo --version starts a toolchain from a cold disk at worst. */
const DEADLINE_MS = 30_000;

export interface ToolSurroundings {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  /** Where cargo runs. Not the workspace: a `rust-toolchain.toml` there would choose the toolchain. */
  readonly cwd: string;
  readonly guard: ExitGuard;
  readonly signal: AbortSignal;
}

/** Finds a cargo on PATH or in the cargo home (which an editor started from a desktop does not have on PATH). */
export async function findCargo(surroundings: ToolSurroundings): Promise<Cargo | BuildProblem> {
  const { env, platform } = surroundings;
  const cargoHome = env['CARGO_HOME'] ?? path.join(env['HOME'] ?? os.homedir(), '.cargo');
  const program = await firstProgram(platform === 'win32' ? 'cargo.exe' : 'cargo', [
    ...pathFolders(surroundings).absolute,
    path.join(cargoHome, 'bin'),
  ]);
  if (program === undefined) return { kind: 'no-cargo' };
  const answer = await askCargo(program, surroundings);
  const version = /^cargo (\d+\.\d+\.\d+)/m.exec(answer.stdout)?.[1];
  if (version === undefined) return { kind: 'no-cargo', words: `${program} ${answer.words}` };
  const host = /^host: (\S+)$/m.exec(answer.stdout)?.[1];
  return { path: program, version, ...(host === undefined ? {} : { host }) };
}

async function askCargo(program: string, { env, cwd, guard, signal }: ToolSurroundings) {
  const text = { stdout: '', stderr: '' };
  const deadline = new AbortController();
  const run = runGroup({
    program,
    args: ['--version', '--verbose'],
    cwd,
    env,
    onStdout: (chunk) => {
      text.stdout += chunk;
    },
    onStderr: (chunk) => {
      text.stderr += chunk;
    },
    guard,
    signal: AbortSignal.any([signal, deadline.signal]),
  });
  try {
    const end = await withDeadline(run, DEADLINE_MS);
    signal.throwIfAborted();
    return {
      stdout: text.stdout,
      words: `${describeExit(end)} when asked for --version. ${text.stderr.trim()}`.trim(),
    };
  } catch (error) {
    deadline.abort();
    await run;
    signal.throwIfAborted();
    return { stdout: '', words: `did not answer --version: ${(error as Error).message}` };
  }
}

/** Compares dotted numbers: is `found` at least `needed`? */
export function isAtLeast(found: string, needed: string): boolean {
  const [a, b] = [found, needed].map((version) => version.split('.').map(Number));
  const at = [0, 1, 2].find((index) => (a?.[index] ?? 0) !== (b?.[index] ?? 0));
  return at === undefined || (a?.[at] ?? 0) > (b?.[at] ?? 0);
}

/** The C compiler of the crate `cc`, and rustc's linker: `cc` unless a variable of that crate names another. */
export async function findCompiler(surroundings: ToolSurroundings): Promise<string | undefined> {
  const { env } = surroundings;
  const chosen = Object.keys(env).find((name) => /^(HOST_|TARGET_)?CC$|^CC_/.test(name) && env[name]);
  if (chosen !== undefined) return env[chosen];
  return firstProgram('cc', pathFolders(surroundings).absolute);
}

export async function findMake(surroundings: ToolSurroundings): Promise<string | undefined> {
  return firstProgram('make', pathFolders(surroundings).absolute);
}
