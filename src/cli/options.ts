import { parseArgs } from 'node:util';
import { present } from '../base/present.ts';
import { type ReportFormat, reportFormats } from '../report/format.ts';
import { type Instances, instancesRule, parseInstances } from '../worker/built-in/instances.ts';
import { type RevisionId, revisionIds } from '../worker/wire/revision.ts';
import { UsageError } from './exit-code.ts';

export const logLevels = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** The command line, checked. */
export interface Options {
  readonly format: ReportFormat;
  readonly output?: string;
  /** Path of a worker, or `portable` for the built-in one; absent = search for one. */
  readonly worker?: string;
  /** Of the built-in worker: how many instances of its engine compile one runtime. */
  readonly instances: Instances;
  /** Of `workers build`: the native helper of the built-in worker, not the official worker. */
  readonly engine: boolean;
  readonly wireRevision?: RevisionId;
  readonly profile?: string;
  readonly prepTimeoutMs?: number;
  readonly memoryLimit?: bigint;
  readonly kind: 'precheck' | 'compile';
  readonly budget?: string;
  readonly baseline?: string;
  readonly keepArtifact?: string;
  readonly metrics?: string;
  readonly progress: boolean;
  readonly logLevel: LogLevel;
}

export interface CommandLine {
  readonly words: readonly string[];
  readonly options: Options;
  readonly wantsHelp: boolean;
  readonly wantsVersion: boolean;
}

const definitions = {
  json: { type: 'boolean' },
  format: { type: 'string' },
  output: { type: 'string' },
  worker: { type: 'string' },
  instances: { type: 'string' },
  engine: { type: 'boolean' },
  'wire-revision': { type: 'string' },
  profile: { type: 'string' },
  timeout: { type: 'string' },
  'memory-limit': { type: 'string' },
  kind: { type: 'string' },
  budget: { type: 'string' },
  baseline: { type: 'string' },
  'keep-artifact': { type: 'string' },
  metrics: { type: 'string' },
  'no-progress': { type: 'boolean' },
  log: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const;

/** Parses and checks. Throws `UsageError`. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    // Node adds advice for programmers after the first sentence.
    throw new UsageError(`${(error as Error).message.split(/\.\s/)[0]}.`);
  }
  const { values, positionals } = parsed;
  const { worker, profile, budget, baseline, output, metrics } = values;
  const options: Options = {
    format: formatOf(values),
    instances: instancesOf(values.instances ?? 'auto'),
    engine: values.engine === true,
    kind: oneOf('--kind', values.kind ?? 'precheck', ['precheck', 'compile']),
    logLevel: oneOf('--log', values.log ?? 'warn', logLevels),
    progress: values['no-progress'] !== true,
    ...present({ output, profile, budget, baseline, metrics, keepArtifact: values['keep-artifact'] }),
    ...present({ worker: worker === 'auto' ? undefined : worker }),
    ...present({ wireRevision: ifGiven(values['wire-revision'], (id) => oneOf('--wire-revision', id, revisionIds)) }),
    ...present({ prepTimeoutMs: ifGiven(values.timeout, seconds) }),
    ...present({ memoryLimit: ifGiven(values['memory-limit'], bytes) }),
  };
  return {
    words: positionals,
    options,
    wantsHelp: values.help === true,
    wantsVersion: values.version === true,
  };
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: definitions, allowPositionals: true });
}

function formatOf({ json, format }: { json?: boolean | undefined; format?: string | undefined }): ReportFormat {
  if (json && format !== undefined && format !== 'json')
    throw new UsageError(`--json and --format ${format} exclude each other.`);
  return json ? 'json' : oneOf('--format', format ?? 'text', reportFormats);
}

/** Seconds of CPU time, with a fraction if wanted, as milliseconds. */
function seconds(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value > 0 && value <= 86_400)) throw new UsageError(`--timeout ${text}: give seconds above 0, a day at most.`);
  return value * 1000;
}

function instancesOf(text: string): Instances {
  const instances = parseInstances(text);
  if (instances === undefined) throw new UsageError(`--instances ${text}: give ${instancesRule}.`);
  return instances;
}

function bytes(text: string): bigint {
  const value = /^\d{1,19}$/.test(text) ? BigInt(text) : 0n;
  // A limit of 0 means "none" to the worker, which nobody means who asks for one.
  if (value < 1n || value >= 1n << 63n)
    throw new UsageError(`--memory-limit ${text}: give a whole number of bytes above 0.`);
  return value;
}

function oneOf<const Word extends string>(option: string, word: string, words: readonly Word[]): Word {
  const found = words.find((known) => known === word);
  if (found === undefined) throw new UsageError(`${option} ${word}: choose one of ${words.join(', ')}.`);
  return found;
}

function ifGiven<T>(text: string | undefined, convert: (text: string) => T): T | undefined {
  return text === undefined ? undefined : convert(text);
}
