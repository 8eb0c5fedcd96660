import { Command as Commander, CommanderError, Option as CommanderOption } from 'commander';
import type { Command } from './command.ts';
import { commands, defaultCommands, groupSummaries } from './commands/index.ts';
import { UsageError } from './exit-code.ts';
import { type OptionName, type Options, optionTable } from './options.ts';

/** A parsed command line. */
export type Invocation =
  | { readonly kind: 'run'; readonly command: Command; readonly args: readonly string[]; readonly options: Options }
  /** Help or the version, ready to print. */
  | { readonly kind: 'print'; readonly text: string };

const HELP_WIDTH = 100;

const about = `Checks whether relay-chain validators would accept a parachain runtime.

A file may be raw wasm, compressed wasm, 0x-hex text or a chain spec. <chain spec>#<block> selects a code substitute.`;

const exitStatuses = `Exit status:
  0    pass: the runtime can ship
  1    fail: validators would reject it, it exceeds a limit or budget, or an error is not allowed
  2    wrong usage, or an input that is no runtime
  3    undecided: no worker, or this machine failed
  130  interrupted`;

/** Parses and checks a command line. Throws `UsageError`. @param version what `--version` prints */
export function parseCommandLine(args: readonly string[], version: string): Invocation {
  if (args.length === 0) throw new UsageError('Give a command, such as pvf prepare <file…>.');
  let invocation: Invocation | undefined;
  const printed: string[] = [];
  const program = commander('pvf', printed)
    .description(about)
    .version(version, '-V, --version', 'print the version')
    .addHelpText('after', `\n${exitStatuses}\n\npvf <command> --help lists the options of a command.`);
  const groups = new Map<string, Commander>();
  const groupOf = (name: string): Commander => {
    const group = groups.get(name) ?? commander(name, printed).description(groupSummaries[name] ?? '');
    if (!groups.has(name)) program.addCommand(group);
    groups.set(name, group);
    return group;
  };
  for (const command of commands) {
    const [first = '', second] = command.name.split(' ');
    const parsed = commander(second ?? first, printed);
    describe(parsed, command).action(() => {
      invocation = { kind: 'run', command, args: parsed.args, options: parsed.opts<Options>() };
    });
    if (second === undefined) program.addCommand(parsed);
    else groupOf(first).addCommand(parsed);
  }
  try {
    program.parse(withDefaultCommand(args), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'print', text: printed.join('') };
    const advice = error.code === 'commander.unknownCommand' ? adviceOn(error.message, args) : '';
    throw new UsageError(`${sentences(error.message)}${advice}`);
  }
  if (invocation === undefined) throw new Error('commander parsed no command and reported no error');
  return invocation;
}

/** Throws instead of ending the process, and prints to a list instead of the terminal. */
function commander(name: string, printed: string[]): Commander {
  return new Commander(name)
    .exitOverride()
    .helpCommand(false)
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ helpWidth: HELP_WIDTH, sortOptions: false })
    .configureOutput({ writeOut: (text) => printed.push(text), writeErr: () => {} });
}

function describe(parsed: Commander, command: Command): Commander {
  parsed.description(command.summary);
  if (command.arguments !== undefined) parsed.arguments(command.arguments);
  for (const name of command.options) parsed.addOption(optionFor(name));
  const examples = command.examples.map(([line, what]) => `  # ${what}\n  ${line}`);
  return parsed.addHelpText('after', `\nExamples:\n${examples.join('\n')}\n\n${exitStatuses}`);
}

function optionFor(name: OptionName): CommanderOption {
  const { flags, description, parse } = optionTable[name];
  const option = new CommanderOption(flags, description);
  // Two rows of the table may have the same flag: one command takes it once, another several times.
  option.attributeName = () => name;
  return parse === undefined
    ? option
    : option.argParser<unknown>((text, previous) =>
        (parse as (text: string, previous: unknown) => unknown)(text, previous),
      );
}

/** `pvf workers` means `pvf workers list`, with or without options. */
function withDefaultCommand([first = '', second, ...rest]: readonly string[]): string[] {
  const byDefault = defaultCommands[first];
  const isGiven = second === '-h' || second === '--help' || (second !== undefined && !second.startsWith('-'));
  const words = second === undefined ? [] : [second];
  return byDefault === undefined || isGiven ? [first, ...words, ...rest] : [first, byDefault, ...words, ...rest];
}

/** Lists the commands, unless commander suggests one. */
function adviceOn(message: string, [first = '']: readonly string[]): string {
  if (message.includes('Did you mean')) return '';
  const words = commands.map(({ name }) => name.split(' '));
  const isGroup = first in groupSummaries;
  const known = words.flatMap(([group, word]) => (isGroup ? (group === first && word ? [word] : []) : [group ?? '']));
  return ` Choose one of ${[...new Set(known)].join(', ')}.`;
}

/** Turns `error: unknown option '--jsn'\n(Did you mean --json?)` into two sentences on one line. */
function sentences(message: string): string {
  const [first = '', ...others] = message.replace(/^error: /, '').split('\n');
  const sentence = `${first.charAt(0).toUpperCase()}${first.slice(1)}`.replace(/\.?$/, '.');
  return [sentence, ...others.map((line) => line.replace(/^\((.*)\)$/, '$1'))].join(' ');
}
