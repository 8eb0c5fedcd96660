import type { CliContext } from './context.ts';
import type { ExitCode } from './exit-code.ts';
import type { OptionName, Options } from './options.ts';

/** One command of the command line: a file in commands/, and a row of the table in commands/index.ts. */
export interface Command<Name extends OptionName = OptionName> {
  /** `prepare`, or with its group: `workers build`. */
  readonly name: string;
  /** A few words for the list of commands. */
  readonly summary: string;
  /** Arguments in commander's syntax: `<file...>`. Absent: it takes none. */
  readonly arguments?: string;
  /** The options that it takes. All others are errors. */
  readonly options: readonly Name[];
  /** Command lines to copy, each with a description. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  run(args: readonly string[], options: Options<Name>, context: CliContext): Promise<ExitCode>;
}

/** Lets the compiler check that a command uses only options that it lists. */
export function command<const Name extends OptionName>(definition: Command<Name>): Command {
  return definition;
}

/** For every command. */
export const commonOptions = ['progress', 'log'] as const satisfies readonly OptionName[];

/** For every command whose limits may be those of a live chain. */
export const limitOptions = ['profile', 'rpc'] as const satisfies readonly OptionName[];

/** For every command that checks blobs. */
export const checkOptions = [
  'config',
  'near',
  'budget',
  'baseline',
  'baselineIs',
  'metadata',
  'token',
  'allow',
  'nodes',
] as const satisfies readonly OptionName[];

/** For every command that prints a report. */
export const reportOptions = ['json', 'format', 'output', 'report', 'verbose'] as const satisfies readonly OptionName[];
