import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import type { ExitGuard } from '../../base/exit-guard.ts';
import type { EnvironmentVariables } from '../../base/host-environment.ts';
import type { Log } from '../../base/log.ts';
import { describeExit } from '../../base/process-exit.ts';
import { builtProgram, type CargoEvent, CargoOutput, progressWidth } from './cargo-output.ts';
import { CargoBuildError } from './problem.ts';
import { runGroup } from './run-group.ts';
import type { Cargo } from './tools.ts';

/** Progress of a build. `elapsedMs` counts from its start. */
export type BuildProgress =
  /** Another process is building the same program. */
  | { readonly phase: 'waiting'; readonly pid?: number; readonly elapsedMs: number }
  /** cargo is fetching crates; `message` is cargo's. */
  | { readonly phase: 'fetching'; readonly message: string; readonly elapsedMs: number }
  | {
      readonly phase: 'compiling';
      /** cargo's units: crates, build scripts and their runs. */
      readonly done: number;
      readonly total: number;
      /** One of those being built. */
      readonly crate?: string;
      readonly elapsedMs: number;
    }
  | { readonly phase: 'installing'; readonly elapsedMs: number };

interface CargoRun {
  readonly cargo: Cargo;
  /** Name of the program in its manifest. */
  readonly program: string;
  /** Arguments in addition to those of every build. They must never come from a workspace. */
  readonly cargoArgs: readonly string[];
  /** Holds the sources. */
  readonly buildFolder: string;
  readonly env: EnvironmentVariables;
  readonly log: Log;
  readonly onProgress: (progress: BuildProgress) => void;
  readonly elapsedMs: () => number;
  readonly guard: ExitGuard;
  readonly signal: AbortSignal;
}

const TAIL_LINES = 30;

const commonArgs = ['build', '--release', '--locked', '--message-format=json-render-diagnostics'] as const;

/**
 * Runs cargo in the build folder. Resolves with the path of the program. Rejects with `CargoBuildError`
 * (build-failed, cancelled), or the system's error when the log can't be written.
 */
export async function runCargo(run: CargoRun): Promise<string> {
  const { cargo, program, cargoArgs, buildFolder, guard, signal } = run;
  const logFile = path.join(buildFolder, 'build.log');
  const logStream = createWriteStream(logFile, { mode: 0o600 });
  const logEnd = finished(logStream);
  // A failed log must not fail the build.
  logEnd.catch((error: Error) => run.log.warn(`Could not write ${logFile}: ${error.message}`));
  const output = readOutput(run, (line) => logStream.write(`${line}\n`));
  const end = await runGroup({
    program: cargo.path,
    args: [...commonArgs, ...cargoArgs],
    cwd: buildFolder,
    env: cargoEnvironment(run),
    onStdout: output.stdout,
    onStderr: output.stderr,
    guard,
    signal,
  });
  output.end();
  logStream.end();
  await logEnd.catch(() => {});
  if (signal.aborted) throw new CargoBuildError({ kind: 'cancelled', buildFolder });
  const hasSucceeded = end.kind === 'exited' && end.code === 0;
  if (hasSucceeded && output.program !== undefined) return output.program;
  const how = hasSucceeded ? `reported no program ${program}` : describeExit(end);
  throw new CargoBuildError({ kind: 'build-failed', end: how, lastLines: output.tail, logFile, buildFolder });
}

/**
 * The user's own environment, with cargo's output set to the form that we parse. Builds the zstd of the lock file, not the
 * system's: the vote on a damaged blob depends on it.
 */
export function cargoEnvironment({ env, buildFolder }: Pick<CargoRun, 'env' | 'buildFolder'>): EnvironmentVariables {
  return {
    ...env,
    CARGO_TARGET_DIR: path.join(buildFolder, 'target'),
    CARGO_TERM_COLOR: 'never',
    CARGO_TERM_QUIET: 'false',
    CARGO_TERM_VERBOSE: 'false',
    CARGO_TERM_PROGRESS_WHEN: 'always',
    CARGO_TERM_PROGRESS_WIDTH: String(progressWidth),
    CARGO_TERM_PROGRESS_TERM_INTEGRATION: 'false',
    ZSTD_SYS_USE_PKG_CONFIG: undefined,
  };
}

function readOutput({ program: name, log, onProgress, elapsedMs }: CargoRun, toLog: (line: string) => void) {
  const output = new CargoOutput();
  const tail: string[] = [];
  let program: string | undefined;
  let isCompiling = false;
  let stdoutRest = '';
  const onEvent = (event: CargoEvent) => {
    if (event.kind === 'progress') {
      isCompiling = true;
      const { done, total, crate } = event;
      onProgress({
        phase: 'compiling',
        done,
        total,
        ...(crate === undefined ? {} : { crate }),
        elapsedMs: elapsedMs(),
      });
      return;
    }
    const { kind, text } = event;
    if (!isCompiling) onProgress({ phase: 'fetching', message: text.trim(), elapsedMs: elapsedMs() });
    if (kind === 'status') return;
    toLog(text);
    log.debug(`cargo: ${text.trim()}`);
    tail.push(text);
    if (tail.length > TAIL_LINES) tail.shift();
  };
  return {
    tail: tail as readonly string[],
    get program() {
      return program;
    },
    stdout: (text: string) => {
      const lines = (stdoutRest + text).split('\n');
      stdoutRest = lines.pop() ?? '';
      for (const line of lines) program = builtProgram(line, name) ?? program;
    },
    stderr: (text: string) => output.push(text).forEach(onEvent),
    end: () => output.end().forEach(onEvent),
  };
}
