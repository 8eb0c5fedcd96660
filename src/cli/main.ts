import { textOf } from '../base/errors.ts';
import { ExitGuard } from '../base/exit-guard.ts';
import { MachineError } from '../check/machine-error.ts';
import { ConfigError } from '../limits/json-file.ts';
import { printable } from '../report/terminal.ts';
import { CargoBuildError } from '../toolchain/cargo/problem.ts';
import { ExitCode, UsageError } from './exit-code.ts';
import { help } from './help.ts';
import { onInterrupt } from './interrupts.ts';
import { type CommandLine, parseCommandLine } from './options.ts';
import { findPackage } from './package.ts';
import { prepareCommand } from './prepare-command.ts';
import { ProgressLine } from './progress-line.ts';
import { streamLog, write } from './streams.ts';
import { cacheFolderOf, type Surroundings } from './surroundings.ts';
import { workersCommand } from './workers-command.ts';

async function main(args: readonly string[]): Promise<ExitCode> {
  const { stdout: out, stderr: err } = process;
  // A closed pipe is told to the write that meets it; without a listener it would end the process.
  for (const stream of [out, err]) stream.on('error', () => {});
  let line: CommandLine;
  try {
    line = parseCommandLine(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    await write(err, `error: ${error.message}\n\`pvf --help\` tells what there is.\n`);
    return ExitCode.usage;
  }
  const installed = findPackage(import.meta.url);
  if (line.wantsVersion) return write(out, `${installed.version}\n`).then(() => ExitCode.accepted);
  if (line.wantsHelp) return write(out, help).then(() => ExitCode.accepted);

  const { options } = line;
  using progress = new ProgressLine(err, options.progress && process.env['TERM'] !== 'dumb');
  using guard = new ExitGuard();
  using interrupt = onInterrupt(ExitCode.interrupted);
  const log = streamLog(err, options.logLevel, progress.clear);
  const { signal } = interrupt;
  const { env } = process;
  const cacheFolder = cacheFolderOf(env);
  const streams = { out, err };
  const surroundings = {
    package: installed,
    streams,
    progress,
    log,
    guard,
    signal,
    cacheFolder,
    env,
    cwd: process.cwd(),
  };
  try {
    return await run(line, surroundings);
  } catch (error) {
    progress.clear();
    return explain(error, surroundings);
  }
}

async function run({ words, options }: CommandLine, surroundings: Surroundings): Promise<ExitCode> {
  const [command, ...rest] = words;
  switch (command) {
    case 'prepare':
      return prepareCommand(rest, options, surroundings);
    case 'workers':
      return workersCommand(rest, options, surroundings);
    case undefined:
      throw new UsageError('Give a command: pvf prepare <file…> or pvf workers.');
    default:
      throw new UsageError(`There is no command ${command}; there are prepare and workers.`);
  }
}

/** What is known to go wrong, in one or two lines; anything else is a defect of ours and shows its stack. */
async function explain(error: unknown, { streams: { err }, signal }: Surroundings): Promise<ExitCode> {
  if (signal.aborted) {
    await write(err, `${textOf(signal.reason)}; nothing was decided.\n`);
    return ExitCode.interrupted;
  }
  if (error instanceof UsageError || error instanceof ConfigError) {
    await write(err, `error: ${printable(error.message)}\n`);
    return ExitCode.usage;
  }
  if (error instanceof CargoBuildError) {
    await write(err, `error: ${error.message}\n${error.hint === undefined ? '' : `${error.hint}\n`}`);
    return ExitCode.undecided;
  }
  if (error instanceof MachineError) {
    await write(err, `error: ${printable(error.message)}. ${error.remedy}\n`);
    return ExitCode.undecided;
  }
  if ((error as NodeJS.ErrnoException).code !== undefined) {
    await write(err, `error: ${printable(textOf(error))}\n`);
    return ExitCode.undecided;
  }
  await write(err, `This is a defect of pvf, please report it:\n${(error as Error).stack ?? textOf(error)}\n`);
  return ExitCode.undecided;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.stderr.write(`${textOf(error)}\n`);
    process.exitCode = ExitCode.undecided;
  },
);
