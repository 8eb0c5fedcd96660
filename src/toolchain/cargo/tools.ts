import os from 'node:os';
import path from 'node:path';
import { withDeadline } from '../../base/deadline.ts';
import type { ExitGuard } from '../../base/exit-guard.ts';
import type { HostEnvironment } from '../../base/host-environment.ts';
import { describeExit } from '../../base/process-exit.ts';
import { firstProgram, pathFolders } from '../../worker/locate/search-path.ts';
import type { BuildProblem } from './problem.ts';
import { runGroup } from './run-group.ts';

export interface Cargo {
  readonly path: string;
  /** `1.95.0` */
  readonly version: string;
  /** The default target: `x86_64-unknown-linux-gnu`. */
  readonly host?: string;
}

/** Allows for a cargo that loads a toolchain from a cold disk. */
const DEADLINE_MS = 30_000;

export interface ToolContext extends HostEnvironment {
  /** Where cargo runs. Outside the workspace, whose `rust-toolchain.toml` would choose the toolchain. */
  readonly cwd: string;
  readonly guard: ExitGuard;
  readonly signal: AbortSignal;
}

/** Finds cargo on PATH or in the cargo home, which is often missing from the PATH of an editor. */
export async function findCargo(context: ToolContext): Promise<Cargo | BuildProblem> {
  const { env, platform } = context;
  const cargoHome = env['CARGO_HOME'] ?? path.join(env['HOME'] ?? os.homedir(), '.cargo');
  const program = await firstProgram(platform === 'win32' ? 'cargo.exe' : 'cargo', [
    ...pathFolders(context).absolute,
    path.join(cargoHome, 'bin'),
  ]);
  if (program === undefined) return { kind: 'no-cargo' };
  const result = await runVersion(program, context);
  const version = /^cargo (\d+\.\d+\.\d+)/m.exec(result.stdout)?.[1];
  if (version === undefined) return { kind: 'no-cargo', detail: `${program} ${result.problem}` };
  const host = /^host: (\S+)$/m.exec(result.stdout)?.[1];
  return { path: program, version, ...(host === undefined ? {} : { host }) };
}

async function runVersion(program: string, { env, cwd, guard, signal }: ToolContext) {
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
      problem: `--version ${describeExit(end)}. ${text.stderr.trim()}`.trim(),
    };
  } catch (error) {
    deadline.abort();
    await run;
    signal.throwIfAborted();
    return { stdout: '', problem: `--version failed: ${(error as Error).message}` };
  }
}

/** Compares dotted version numbers. */
export function isAtLeast(found: string, needed: string): boolean {
  const [a, b] = [found, needed].map((version) => version.split('.').map(Number));
  const at = [0, 1, 2].find((index) => (a?.[index] ?? 0) !== (b?.[index] ?? 0));
  return at === undefined || (a?.[at] ?? 0) > (b?.[at] ?? 0);
}

/** The C compiler, which is also rustc's linker: `cc`, unless a variable of the `cc` crate names another. */
export async function findCompiler(context: ToolContext): Promise<string | undefined> {
  const { env } = context;
  const chosen = Object.keys(env).find((name) => /^(HOST_|TARGET_)?CC$|^CC_/.test(name) && env[name]);
  if (chosen !== undefined) return env[chosen];
  return firstProgram('cc', pathFolders(context).absolute);
}

export function findMake(context: ToolContext): Promise<string | undefined> {
  return firstProgram('make', pathFolders(context).absolute);
}
