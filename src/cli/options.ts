/**
 * All options of the command line. A command lists the names of those that it takes. Options that a check depends on are rows
 * of `src/check/options/check-options.ts`, which VS Code's settings and `pvf.json` share.
 */

import type { CheckOption } from '../check/options/check-option.ts';
import { checkOptions } from '../check/options/check-options.ts';
import { parseShard, type Shard, shardRule } from '../check/shard.ts';
import { type ReportFormat, reportFormats } from '../report/format.ts';
import { UsageError } from './exit-code.ts';

export const logLevels = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface Option<Value> {
  /** In commander's syntax: `--timeout <s>`. */
  readonly flags: string;
  /** For the help, in a few words, with the default. */
  readonly description: string;
  /** Throws `UsageError`. Absent for a switch. */
  readonly parse?: (text: string, previous: Value | undefined) => Value;
}

export const optionTable = {
  json: toggle('--json', 'print JSON instead of text'),
  format: choice('--format', 'the format of the report (default: text)', reportFormats),
  output: text('--output <file>', 'write the report to a file instead of standard output'),
  report: reports(
    '--report <format=file>',
    'also write the report in another format to a file; may be repeated: --report sarif=pvf.sarif',
  ),
  worker: ofCheck(checkOptions.worker),
  trustWorkspace: toggle(
    '--trust-workspace',
    'use workers that the current folder has built, and its other programs (pvf trust remembers this)',
  ),
  instances: ofCheck(checkOptions.instances),
  wireRevision: ofCheck(checkOptions.wireRevision),
  profile: ofCheck(checkOptions.profile),
  config: text(
    '--config <pvf.json>',
    'the rules of the team (default: the nearest pvf.json, from the current folder to the root of the repository)',
  ),
  rpc: ofCheck(checkOptions.rpc),
  para: ofCheck(checkOptions.para),
  shard: value('--shard <i/n>', 'check only part i of n of the list; pvf report merge puts the parts together', shard),
  jobs: value('--jobs <n>', 'how many preparations run at once (default: 1)', jobs),
  workers: list('--worker <path|portable|auto>', 'a prepare worker to use (default: auto); may be repeated'),
  fresh: toggle('--fresh', 'check every code again, also those with a result of an earlier run'),
  timeout: ofCheck(checkOptions.timeout),
  memoryLimit: ofCheck(checkOptions.memoryLimit),
  kind: ofCheck(checkOptions.kind),
  near: ofCheck(checkOptions.near),
  budget: ofCheck(checkOptions.budget),
  baseline: ofCheck(checkOptions.baseline),
  baselineIs: ofCheck(checkOptions.baselineIs),
  metadata: ofCheck(checkOptions.metadata),
  token: ofCheck(checkOptions.token),
  allow: ofCheck(checkOptions.allow),
  nodes: ofCheck(checkOptions.nodes),
  costs: toggle('--costs', 'measure what each function costs; needs the built-in worker (--worker portable)'),
  callFile: text(
    '--call-file <file>',
    'write the call data that contains the code (apply_authorized_upgrade, or set_code) to a file, as 0x-hex',
  ),
  prepare: toggle('--no-prepare', 'inspect the runtime only, so that the checklist says nothing about the vote'),
  keepArtifact: text('--keep-artifact <file>', 'copy the artifact to a file that does not exist yet'),
  metrics: text('--metrics <file>', 'write the metrics of the host to a file, in Prometheus text format'),
  top: value(
    '--top <n>',
    'list the largest functions, instances of generic code and pallets, so many of each',
    topCount,
  ),
  why: text('--why <name>', 'say what keeps a function, a crate or a pallet in the module'),
  recompress: toggle(
    '--recompress',
    'measure what the strongest compression and no names would save (takes seconds; needs Node 22.15 or newer)',
  ),
  engine: toggle('--engine', 'build the native helper of the built-in worker instead of the official worker'),
  verbose: toggle('--verbose', 'show all details in the text report, as for a bug report'),
  forget: toggle('--forget', 'trust the folder no longer'),
  list: toggle('--list', 'print the trusted folders'),
  history: toggle('--no-history', 'neither add the result to the history of the runtime nor compare with it'),
  clear: toggle('--clear', 'delete the history'),
  pin: text(
    '--pin <commit|file>',
    'compare all later results with this one: a commit or branch of the history, or a file',
  ),
  unpin: toggle('--unpin', 'compare later results with the build before again'),
  progress: toggle('--no-progress', 'show no progress line on a terminal'),
  log: choice('--log', 'log level on standard error (default: warn)', logLevels),
} as const;

export type OptionName = keyof typeof optionTable;
type ValueOf<Row> = Row extends Option<infer Value> ? Value : never;

/** The options of a command line. `timeout` is in milliseconds; the negative switches (`--no-progress`, `--no-history`, `--no-prepare`) give false. */
export type Options<Name extends OptionName = OptionName> = {
  readonly [Key in Name]?: ValueOf<(typeof optionTable)[Key]>;
};

/** Throws `UsageError` when `--json` and `--format` disagree. */
export function formatOf({ json, format }: Options<'json' | 'format'>): (typeof reportFormats)[number] {
  if (json && format !== undefined && format !== 'json') {
    throw new UsageError(`--json and --format ${format} can't be combined.`);
  }
  return json ? 'json' : (format ?? 'text');
}

/** The flag of an option of a check. */
function ofCheck<Value>({ flags, description, value: kind }: CheckOption<Value>): Option<Value> {
  if (!flags.includes('<')) return { flags, description };
  const [flag = ''] = flags.split(' ');
  return {
    flags,
    description,
    parse: (written, previous) => {
      const read = kind.readText(written, previous);
      if (read !== undefined) return read;
      const advice = kind.rule.startsWith('one of') ? `choose ${kind.rule}` : `give ${kind.rule}`;
      throw new UsageError(`${flag} ${written}: ${advice}.`);
    },
  };
}

function toggle(flags: string, description: string): Option<boolean> {
  return { flags, description };
}

function value<Value>(flags: string, description: string, parse: (text: string) => Value): Option<Value> {
  return { flags, description, parse };
}

/** A report in another format. */
export interface ReportFile {
  readonly format: ReportFormat;
  readonly file: string;
}

function reports(flags: string, description: string): Option<readonly ReportFile[]> {
  return { flags, description, parse: (written, previous = []) => [...previous, reportFile(written)] };
}

function reportFile(written: string): ReportFile {
  const [, word, file] = /^([a-z]+)=(.+)$/s.exec(written) ?? [];
  const format = reportFormats.find((known) => known === word);
  if (format !== undefined && file !== undefined) return { format, file };
  throw new UsageError(
    `--report ${written}: give a format and a file, as in markdown=report.md. Formats: ${reportFormats.join(', ')}.`,
  );
}

function text(flags: string, description: string): Option<string> {
  return value(flags, description, (written) => written);
}

function choice<const Word extends string>(flag: string, description: string, words: readonly Word[]): Option<Word> {
  const parse = (written: string) => {
    const found = words.find((known) => known === written);
    if (found === undefined) throw new UsageError(`${flag} ${written}: choose one of ${words.join(', ')}.`);
    return found;
  };
  return value(`${flag} <${words.length > 5 ? 'id' : words.join('|')}>`, describeChoice(description, words), parse);
}

function describeChoice(description: string, words: readonly string[]): string {
  return words.length > 5 ? `${description}: ${words.join(', ')}` : description;
}

function topCount(written: string): number {
  const count = /^\d{1,4}$/.test(written) ? Number(written) : 0;
  if (count < 1 || count > 1000) throw new UsageError(`--top ${written}: give a whole number from 1 to 1000.`);
  return count;
}

function shard(written: string): Shard {
  const parsed = parseShard(written);
  if (parsed === undefined) throw new UsageError(`--shard ${written}: give ${shardRule}.`);
  return parsed;
}

function jobs(written: string): number {
  const count = /^\d{1,3}$/.test(written) ? Number(written) : 0;
  if (count < 1 || count > 256) throw new UsageError(`--jobs ${written}: give a whole number from 1 to 256.`);
  return count;
}

/** An option that may be repeated. */
function list(flags: string, description: string): Option<readonly string[]> {
  return { flags, description, parse: (written, previous = []) => [...previous, written] };
}
