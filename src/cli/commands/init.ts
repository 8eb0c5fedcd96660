import { open } from 'node:fs/promises';
import path from 'node:path';
import { errorMessage } from '../../base/errors.ts';
import { isInside } from '../../base/paths.ts';
import { readBlobOrReport } from '../../check/baseline.ts';
import { budgetFromReport } from '../../check/config/budget-from-report.ts';
import { configFileName } from '../../check/config/config-request.ts';
import { newConfigText } from '../../check/config/config-text.ts';
import { builtCrates } from '../../check/config/find-runtimes.ts';
import { CheckSession } from '../../check/session.ts';
import { defaultProfileName } from '../../limits/profile.ts';
import { loadProfile } from '../../limits/profile-file.ts';
import type { Report } from '../../model/report.ts';
import { printable } from '../../report/terminal.ts';
import { command, commonOptions } from '../command.ts';
import { type CliContext, checkSettings } from '../context.ts';
import { ExitCode, UsageError } from '../exit-code.ts';
import type { OptionName, Options } from '../options.ts';
import { write } from '../streams.ts';

const optionNames = [
  'output',
  'profile',
  'worker',
  'trustWorkspace',
  ...commonOptions,
] as const satisfies readonly OptionName[];

type InitOptions = Options<(typeof optionNames)[number]>;

export const init = command({
  name: 'init',
  summary: 'write a pvf.json: the runtimes found here, the profile, and a budget from a report or a blob',
  arguments: '[report|blob]',
  options: optionNames,
  examples: [
    ['pvf init', 'the runtimes below target/*/wbuild and the limits of the relay chain'],
    ['pvf init report.json', 'and a budget 10 % above the figures of the report'],
  ],
  run: runInit,
});

/** Never overwrites a file. */
async function runInit([source]: readonly string[], options: InitOptions, context: CliContext): Promise<ExitCode> {
  const { workspace, streams, progress } = context;
  const { output = configFileName } = options;
  const file = path.resolve(workspace.cwd, output);
  const folder = path.dirname(file);
  const named = options.profile;
  // A file that does not work would fail every later check.
  if (named !== undefined) await loadProfile(named);
  const measured = source === undefined ? undefined : await measure(source, options, context);
  progress.clear();
  const crates = await builtCrates(folder);
  const runtimes = crates.length === 0 && measured?.kind === 'blob' ? [relativeTo(folder, source ?? '')] : crates;
  const profile = named === undefined ? defaultProfileName : /[./\\]/.test(named) ? relativeTo(folder, named) : named;
  const budget = measured && budgetFromReport(measured.report);
  await create(file, output, newConfigText({ runtimes, profile, ...(budget && { budget }) }));
  await write(streams.out, printable(doneText(file, runtimes, Object.keys(budget ?? {}))));
  return ExitCode.pass;
}

interface Measured {
  readonly kind: 'report' | 'blob';
  readonly report: Report;
}

/** Reads a report, or prepares a blob. */
async function measure(
  source: string,
  options: InitOptions,
  { environment, workspace, progress, signal }: CliContext,
): Promise<Measured> {
  const read = await readBlobOrReport(source, 'runtime', signal);
  if (read.kind === 'report') return read;
  const { output: _, ...checked } = options;
  const settings = checkSettings(checked, workspace);
  await using session = new CheckSession(environment);
  progress.show(`Preparing ${path.basename(source)}`);
  const { report } = await session.check(source, 'prepare', settings, { signal });
  return { kind: 'blob', report };
}

async function create(file: string, output: string, text: string): Promise<void> {
  try {
    await using created = await open(file, 'wx', 0o644);
    await created.writeFile(text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new UsageError(`${output} is there already, and is not overwritten. Delete it, or give another --output.`);
    }
    throw new UsageError(`${output} can't be written: ${errorMessage(error)}.`);
  }
}

/** With forward slashes, as everyone's machine reads them. */
function relativeTo(folder: string, file: string): string {
  const absolute = path.resolve(file);
  if (!isInside(absolute, folder)) return absolute;
  const relative = path.relative(folder, absolute).replaceAll('\\', '/');
  return relative.includes('/') ? relative : `./${relative}`;
}

function doneText(file: string, runtimes: readonly string[], limits: readonly string[]): string {
  const next = runtimes.length === 0 ? 'Add your runtimes to it ("runtimes": ["my-runtime"]), then run' : 'Next:';
  return [
    `${file} is written.`,
    `Runtimes: ${runtimes.length === 0 ? 'none was found below target/*/wbuild' : runtimes.join(', ')}.`,
    `Budget: ${limits.length === 0 ? 'none; `pvf init <report.json>` makes one' : limits.join(', ')}.`,
    `${next} pvf prepare`,
    '',
  ].join('\n');
}
