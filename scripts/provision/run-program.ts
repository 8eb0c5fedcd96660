import type { ExitGuard } from '../../src/base/exit-guard.ts';
import { describeExit } from '../../src/base/process-exit.ts';
import { runGroup } from '../../src/toolchain/cargo/run-group.ts';

export interface ProgramOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly minutes: number;
  readonly guard: ExitGuard;
}

/** How much of a program's output goes into the error when it fails. */
const TAIL_CHARACTERS = 4000;

/** Runs a program to its end and returns its stdout. Rejects with the end of its output when it fails. */
export async function runProgram(program: string, args: readonly string[], options: ProgramOptions): Promise<string> {
  const { cwd, env, minutes, guard } = options;
  let stdout = '';
  let all = '';
  const onStderr = (text: string) => {
    all = (all + text).slice(-TAIL_CHARACTERS);
  };
  const onStdout = (text: string) => {
    stdout += text;
    onStderr(text);
  };
  const signal = AbortSignal.timeout(minutes * 60_000);
  const exit = await runGroup({ program, args, cwd, env, onStdout, onStderr, guard, signal });
  if (exit.kind === 'exited' && exit.code === 0) return stdout;
  const how = signal.aborted ? `was not done after ${minutes} minutes` : describeExit(exit);
  throw new Error(`${program} ${args.join(' ')} ${how}\n${all}`);
}
