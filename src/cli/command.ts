import type { CliContext } from './context.ts';
import type { ExitCode } from './exit-code.ts';
import type { OptionName, Options } from './options.ts';

/** One command of the command line: a file in commands/, and a row of the table in commands/index.ts. */
export interface Command<Name extends OptionName = OptionName> {
  /** `prepare`, or with its group in front `workers build`. */
  readonly name: string;
  /** What it does, in a few words, for the list of commands. */
  readonly summary: string;
  /** Arguments as commander reads them: `<file...>`. Absent: it takes none. */
  readonly arguments?: string;
  /** More for the command's own help. */
  readonly notes?: string;
  /** The options that it takes. Any other is refused. */
  readonly options: readonly Name[];
  /** Command lines to copy, each with what it does. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  run(args: readonly string[], options: Options<Name>, context: CliContext): Promise<ExitCode>;
}

/** Checks that a command uses no option that it does not list. */
export function command<const Name extends OptionName>(definition: Command<Name>): Command {
  return definition;
}

/** What every command takes. */
export const commonOptions = ['progress', 'log'] as const satisfies readonly OptionName[];

/** What every command takes that prints a report. */
export const reportOptions = ['json', 'format', 'output'] as const satisfies readonly OptionName[];

/** What every command takes that looks for a worker. */
export const workerOptions = ['worker', 'instances', 'wireRevision'] as const satisfies readonly OptionName[];
