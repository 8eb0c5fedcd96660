/** All options of the command line. A command lists the names of those that it takes. */

import { parseShard, type Shard, shardRule } from '../check/shard.ts';
import { builtInProfiles, defaultProfileName } from '../limits/profile.ts';
import { baselineKinds } from '../model/baseline-is.ts';
import { defaultNear } from '../model/measures.ts';
import type { Token } from '../model/metadata.ts';
import { type DatedRelease, findRelease, releaseRange } from '../polkadot/host-functions.ts';
import { reportFormats } from '../report/format.ts';
import { type Instances, instancesRule, parseInstances } from '../worker/built-in/instances.ts';
import { revisionIds } from '../worker/wire/revision.ts';
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

const profileNames = builtInProfiles.map(({ name }) => (name === defaultProfileName ? `${name} (default)` : name));

export const optionTable = {
  json: toggle('--json', 'print JSON instead of text'),
  format: choice('--format', 'the format of the report (default: text)', reportFormats),
  output: text('--output <file>', 'write the report to a file instead of standard output'),
  worker: text(
    '--worker <path|portable|auto>',
    'the prepare worker to use; portable is the built-in one (default: auto, the first one found)',
  ),
  trustWorkspace: toggle(
    '--trust-workspace',
    'use workers that the current folder has built, and its other programs (pvf trust remembers this)',
  ),
  instances: value(
    '--instances <N|auto>',
    'how many compiler instances the built-in worker runs in parallel (default: auto)',
    instances,
  ),
  wireRevision: choice('--wire-revision', 'force the wire revision of the worker', revisionIds),
  profile: text('--profile <name|file>', `the limits of the relay chain: ${profileNames.join(', ')}, or a JSON file`),
  rpc: text(
    '--rpc <url>',
    'read the limits from a live relay chain (or from a parachain, as far as it has them), in place of --profile',
  ),
  para: value('--para <id>', 'the id of a parachain on the chain of --rpc', paraId),
  shard: value('--shard <i/n>', 'check only part i of n of the list; pvf report merge puts the parts together', shard),
  jobs: value('--jobs <n>', 'how many preparations run at once (default: 1)', jobs),
  workers: list('--worker <path|portable|auto>', 'a prepare worker to use (default: auto); may be repeated'),
  fresh: toggle('--fresh', 'check every code again, also those with a result of an earlier run'),
  timeout: value(
    '--timeout <s>',
    'limit of CPU time for preparation (default: from the profile, else 60 s; 360 s with --kind compile)',
    milliseconds,
  ),
  memoryLimit: value('--memory-limit <bytes>', 'memory limit of the worker, as PrecheckingMaxMemory', bytes),
  kind: choice('--kind', 'the kind of job (default: precheck, the job before the vote)', ['precheck', 'compile']),
  near: value(
    '--near <percent>',
    `warn of a size or memory from this percentage of the relay chain's limit on (default: ${defaultNear * 100})`,
    share,
  ),
  budget: text(
    '--budget <file>',
    'JSON file with your own limits: storedBytes, rawBytes, artifactBytes, cpuTimeMs, peakTrackedAlloc',
  ),
  baseline: text(
    '--baseline <file|name>',
    'compare with a JSON report, a blob, a result of the history (previous, pinned, a commit or a branch), or chain: the code that the chain of --rpc runs',
  ),
  baselineIs: choice(
    '--baseline-is',
    'what the baseline is: an earlier build, or the code that the chain runs now (default: build)',
    baselineKinds,
  ),
  metadata: toggle('--metadata', "read the runtime's metadata too, which runs its code in an interpreter"),
  token: value(
    '--token <UNIT:12>',
    "symbol and decimals of the chain's token, to check the metadata hash; needs --metadata",
    token,
  ),
  allow: list('--allow <id>', 'let this error not fail the check; may be repeated'),
  nodes: value(
    '--nodes <release>',
    'the oldest release that your nodes run, such as stable2506 or 1.19.0; a host function that is newer is an error',
    release,
  ),
  costs: toggle('--costs', 'measure what each function costs; needs the built-in worker (--worker portable)'),
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

/** The options of a command line. `timeout` is in milliseconds; `progress` is false after `--no-progress`, and `history` after `--no-history`. */
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

function toggle(flags: string, description: string): Option<boolean> {
  return { flags, description };
}

function value<Value>(flags: string, description: string, parse: (text: string) => Value): Option<Value> {
  return { flags, description, parse };
}

/** An option that may be repeated. */
function list(flags: string, description: string): Option<readonly string[]> {
  return { flags, description, parse: (written, previous = []) => [...previous, written] };
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

/** From seconds, with an optional fraction. */
function milliseconds(written: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(written) ? Number(written) : Number.NaN;
  if (!(seconds > 0 && seconds <= 86_400)) {
    throw new UsageError(`--timeout ${written}: give a number of seconds above 0, at most a day.`);
  }
  return seconds * 1000;
}

/** From a percentage. */
function share(written: string): number {
  const percent = /^\d{1,3}(\.\d+)?$/.test(written) ? Number(written) : 0;
  if (!(percent > 0 && percent <= 100)) {
    throw new UsageError(`--near ${written}: give a percentage above 0, at most 100.`);
  }
  return percent / 100;
}

function release(written: string): DatedRelease {
  const found = findRelease(written);
  if (found !== undefined) return found;
  throw new UsageError(`--nodes ${written}: give a release from ${releaseRange}, such as stable2506 or 1.19.0.`);
}

function topCount(written: string): number {
  const count = /^\d{1,4}$/.test(written) ? Number(written) : 0;
  if (count < 1 || count > 1000) throw new UsageError(`--top ${written}: give a whole number from 1 to 1000.`);
  return count;
}

function paraId(written: string): number {
  const id = /^\d{1,10}$/.test(written) ? Number(written) : Number.NaN;
  if (!(id <= 0xffff_ffff)) throw new UsageError(`--para ${written}: give the id of a parachain, such as 2034.`);
  return id;
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

function instances(written: string): Instances {
  const parsed = parseInstances(written);
  if (parsed === undefined) throw new UsageError(`--instances ${written}: give ${instancesRule}.`);
  return parsed;
}

function token(written: string): Token {
  const [, symbol, decimals] = /^(.{1,32}):(\d{1,2})$/u.exec(written) ?? [];
  if (symbol === undefined || decimals === undefined) {
    throw new UsageError(`--token ${written}: give the symbol and the decimals of the token, as in DOT:10.`);
  }
  return { symbol, decimals: Number(decimals) };
}

function bytes(written: string): bigint {
  const limit = /^\d{1,19}$/.test(written) ? BigInt(written) : 0n;
  // For the worker, 0 means no limit.
  if (limit < 1n || limit >= 1n << 63n) {
    throw new UsageError(`--memory-limit ${written}: give a whole number of bytes above 0.`);
  }
  return limit;
}
