import './end-undecided.ts';

import { errorMessage } from '../base/errors.ts';
import { ExitGuard } from '../base/exit-guard.ts';
import { ChainError } from '../chain/chain-reader.ts';
import { processEnvironment } from '../check/check-environment.ts';
import { MachineError } from '../check/session.ts';
import { ConfigError } from '../limits/json-file.ts';
import { printable } from '../report/terminal.ts';
import { CargoBuildError } from '../toolchain/cargo/problem.ts';
import { type Invocation, parseCommandLine } from './command-line.ts';
import type { CliContext } from './context.ts';
import { ExitCode, UsageError } from './exit-code.ts';
import { onInterrupt } from './interrupts.ts';
import { findPackage } from './package.ts';
import { ProgressLine } from './progress-line.ts';
import { type Streams, streamLog, write } from './streams.ts';
import { warnOfIgnored } from './team-config.ts';
import { machineFault, unexpectedErrorText } from './unexpected-error.ts';
import { openWorkspace } from './workspace.ts';

async function main(args: readonly string[]): Promise<ExitCode> {
  const { stdout: out, stderr: err } = process;
  // `write` handles a closed pipe. Without a listener the error would end the process.
  for (const stream of [out, err]) stream.on('error', () => {});
  const installed = findPackage(import.meta.url);
  let invocation: Invocation;
  try {
    invocation = parseCommandLine(args, installed.version);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    await write(err, `error: ${printable(error.message)}\nRun \`pvf --help\` for usage.\n`);
    return ExitCode.usage;
  }
  if (invocation.kind === 'print') return write(out, invocation.text).then(() => ExitCode.pass);

  const { command, options } = invocation;
  using progress = new ProgressLine(err, options.progress !== false && process.env['TERM'] !== 'dumb');
  using guard = new ExitGuard();
  using interrupt = onInterrupt(ExitCode.interrupted);
  const log = streamLog(err, options.log ?? 'warn', progress.clear);
  const { signal } = interrupt;
  try {
    const workspace = await openWorkspace(process.cwd(), options, command.options.includes('config'));
    warnOfIgnored(options, workspace, log);
    const { cwd, untrusted } = workspace;
    const environment = processEnvironment({ package: installed, cwd, log, guard, untrusted });
    const context: CliContext = { environment, workspace, streams: { out, err }, progress, signal };
    return await command.run(invocation.args, options, context);
  } catch (error) {
    progress.clear();
    return explain(error, err, signal);
  }
}

/** Prints an expected error in one or two lines. Any other error is a defect of pvf and is printed with its stack. */
async function explain(error: unknown, err: Streams['err'], signal: AbortSignal): Promise<ExitCode> {
  if (signal.aborted) {
    await write(err, `${errorMessage(signal.reason)}; nothing was decided.\n`);
    return ExitCode.interrupted;
  }
  if (error instanceof UsageError || error instanceof ConfigError) {
    await write(err, `error: ${printable(error.message)}\n`);
    return ExitCode.usage;
  }
  if (error instanceof ChainError) {
    await write(err, `error: ${printable(error.message)}\n`);
    return error.fault === 'endpoint' ? ExitCode.usage : ExitCode.undecided;
  }
  if (error instanceof CargoBuildError) {
    await write(err, printable(`error: ${error.message}\n${error.hint === undefined ? '' : `${error.hint}\n`}`));
    return ExitCode.undecided;
  }
  if (error instanceof MachineError) {
    await write(err, `error: ${printable(error.message)}. ${error.remedy}\n`);
    return ExitCode.undecided;
  }
  if ((error as NodeJS.ErrnoException).code !== undefined && machineFault(error) === undefined) {
    await write(err, `error: ${printable(errorMessage(error))}\n`);
    return ExitCode.undecided;
  }
  await write(err, printable(unexpectedErrorText(error)));
  return ExitCode.undecided;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(printable(unexpectedErrorText(error)));
    process.exitCode = ExitCode.undecided;
  },
);
