import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import type { ExitGuard } from '../../base/exit-guard.ts';
import type { Log } from '../../base/log.ts';
import { describeExit } from '../../base/process-exit.ts';
import { builtProgram, CargoOutput, type CargoSays, progressWidth } from './cargo-output.ts';
import { CargoBuildError } from './problem.ts';
import type { BuildProgress } from './progress.ts';
import { runGroup } from './run-group.ts';
import type { Cargo, Environment } from './tools.ts';

export interface CargoRun {
  readonly cargo: Cargo;
  /** The program that is wanted, by its name in the manifest. */
  readonly program: string;
  /** Words for cargo besides those of every build. Nothing of a workspace's gets in here. */
  readonly words: readonly string[];
  /** Holds the sources. */
  readonly buildFolder: string;
  readonly env: Environment;
  readonly log: Log;
  readonly onProgress: (progress: BuildProgress) => void;
  readonly elapsedMs: () => number;
  readonly guard: ExitGuard;
  readonly signal: AbortSignal;
}

const TAIL_LINES = 30;

const commonWords = ['build', '--release', '--locked', '--message-format=json-render-diagnostics'] as const;

/**
 * Runs cargo in the build folder. Resolves with the path of the program. Rejects with `CargoBuildError`
 * (build-failed, cancelled), or the system's error when the log can't be written.
 */
export async function runCargo(run: CargoRun): Promise<string> {
  const { cargo, program, words, buildFolder, guard, signal } = run;
  const logFile = path.join(buildFolder, 'build.log');
  const logStream = createWriteStream(logFile, { mode: 0o600 });
  const logEnd = finished(logStream);
  // A log that can't be written must not take the build with it; the outcome of the build tells enough.
  logEnd.catch((error: Error) => run.log.warn(`${logFile} could not be written: ${error.message}`));
  const heard = listen(run, (line) => logStream.write(`${line}\n`));
  const end = await runGroup({
    program: cargo.path,
    args: [...commonWords, ...words],
    cwd: buildFolder,
    env: cargoEnvironment(run),
    onStdout: heard.stdout,
    onStderr: heard.stderr,
    guard,
    signal,
  });
  heard.end();
  logStream.end();
  await logEnd.catch(() => {});
  if (signal.aborted) throw new CargoBuildError({ kind: 'cancelled', buildFolder });
  const isDone = end.kind === 'exited' && end.code === 0;
  if (isDone && heard.program !== undefined) return heard.program;
  const how = isDone ? `named no program ${program} among what it built` : describeExit(end);
  throw new CargoBuildError({ kind: 'build-failed', end: how, lastLines: heard.tail, logFile, buildFolder });
}

/**
 * The user's own, with what makes cargo's stderr readable for us whatever the user's taste. Of zstd the version in the lock
 * file is built, not the system's: the vote on a damaged blob depends on it.
 */
export function cargoEnvironment({ env, buildFolder }: Pick<CargoRun, 'env' | 'buildFolder'>): Environment {
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

function listen({ program: name, log, onProgress, elapsedMs }: CargoRun, toLog: (line: string) => void) {
  const output = new CargoOutput();
  const tail: string[] = [];
  let program: string | undefined;
  let isCompiling = false;
  let stdoutRest = '';
  const hear = (said: CargoSays) => {
    if (said.kind === 'progress') {
      isCompiling = true;
      const { done, total, crate } = said;
      onProgress({
        phase: 'compiling',
        done,
        total,
        ...(crate === undefined ? {} : { crate }),
        elapsedMs: elapsedMs(),
      });
      return;
    }
    const { kind, text } = said;
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
    stderr: (text: string) => output.push(text).forEach(hear),
    end: () => output.end().forEach(hear),
  };
}
