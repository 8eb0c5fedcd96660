import { readPageAssets } from '../base/page-assets.ts';
import type { ChainReader } from '../chain/chain-reader.ts';
import { readParaCodes } from '../check/chain/live-chain.ts';
import type { OwnPackage } from '../check/check-environment.ts';
import type { CheckResult } from '../check/check-runtime.ts';
import { ruleInfos } from '../check/rules/index.ts';
import { listId, positionsOf, type Shard, type ShardItem } from '../check/shard.ts';
import { isReport, type ProblemEntry, type ReportEntry } from '../model/input-problem.ts';
import type { Report, ShardSummary } from '../model/report.ts';
import { SCHEMA_VERSION } from '../model/schema-version.ts';
import { type FormatOptions, formatReports, type ReportFormat } from '../report/format.ts';
import { type RuntimeBlob, readRuntime } from '../runtime/blob.ts';
import { InputError } from '../runtime/input-error.ts';
import type { CliContext } from './context.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import { writeNamed } from './named-file.ts';
import { formatOf, type Options } from './options.ts';
import { sourcePlaces } from './source-places.ts';
import { wantsColour, write } from './streams.ts';

export type ReadInput = BlobInput | ProblemInput;

interface BlobInput {
  readonly kind: 'blob';
  readonly blob: RuntimeBlob;
  /** Absent: the whole list is checked. */
  readonly shard?: ShardSummary;
}

interface ProblemInput {
  readonly kind: 'problem';
  readonly entry: ProblemEntry;
}

type DeliveryOptions = Options<'json' | 'format' | 'output' | 'report' | 'verbose'>;

/** Reads all files. Logs the problem of each that is no runtime, unless the report on the terminal shows it. */
export async function readAll(
  files: readonly string[],
  options: DeliveryOptions & Options<'shard'>,
  { environment, signal }: CliContext,
): Promise<readonly ReadInput[]> {
  const isShown = formatOf(options) === 'text' && options.output === undefined;
  const inputs: ReadInput[] = [];
  for (const file of files) {
    try {
      inputs.push({ kind: 'blob', blob: await readRuntime(file, { signal }) });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      if (!isShown) environment.log.error(`${error.message} ${error.remedy}`);
      inputs.push({ kind: 'problem', entry: problemEntry(error, environment.package) });
    }
  }
  return options.shard === undefined ? inputs : inputsOf(options.shard, inputs);
}

/** The codes that a chain has of one parachain. Rejects with `ConfigError`, `ChainError`, or the signal's reason. */
export async function readFromChain(chain: ChainReader, { para }: Options<'para'>): Promise<readonly ReadInput[]> {
  return (await readParaCodes(chain, para)).map((blob) => ({ kind: 'blob', blob }));
}

export function blobsOf(inputs: readonly ReadInput[]): readonly RuntimeBlob[] {
  return inputs.flatMap((input) => (input.kind === 'blob' ? [input.blob] : []));
}

function problemEntry({ path, problem }: InputError, { name, version }: OwnPackage): ProblemEntry {
  return { schemaVersion: SCHEMA_VERSION, tool: { name, version }, createdAt: new Date().toISOString(), path, problem };
}

/** Every machine names the same files in the same order. */
function inputsOf(shard: Shard, inputs: readonly ReadInput[]): readonly ReadInput[] {
  const items: readonly ShardItem[] = inputs.map((input) =>
    input.kind === 'blob'
      ? { cost: input.blob.stored.length, key: `${input.blob.codeHash} ${input.blob.path}` }
      : { cost: 0, key: input.entry.path },
  );
  const whole = { ...shard, total: inputs.length, list: listId(items) };
  return positionsOf(items, shard).flatMap((position): readonly ReadInput[] => {
    const input = inputs[position];
    if (input === undefined) return [];
    const own = { ...whole, position };
    return [input.kind === 'blob' ? { ...input, shard: own } : { ...input, entry: { ...input.entry, shard: own } }];
  });
}

/**
 * Writes the reports, and the problems of the other inputs, to standard output or to the file of `--output`, and to the files
 * of `--report`.
 * @param results one for each blob of the inputs, in their order
 */
export async function deliver(
  inputs: readonly ReadInput[],
  results: readonly Pick<CheckResult, 'report' | 'reference'>[],
  options: DeliveryOptions,
  context: CliContext,
): Promise<void> {
  const reports = results.map(({ report }) => report);
  await deliverEntries(entriesOf(inputs, reports), options, context, {
    isList: inputs.length > 1 || inputs.some(isPart),
    referenceOf: (report) => results.find((result) => result.report.runtime === report.runtime)?.reference,
  });
}

interface Delivery {
  /** See `FormatOptions`. */
  readonly isList: boolean;
  /** See `FormatOptions`. */
  readonly isTable?: boolean;
  readonly referenceOf?: (report: Report) => CheckResult['reference'];
}

/** Writes the entries to standard output or to the file of `--output`. */
export async function deliverEntries(
  entries: readonly ReportEntry[],
  options: DeliveryOptions,
  { streams, progress, environment }: CliContext,
  delivery: Delivery,
): Promise<void> {
  progress.clear();
  const { output, report: files = [], verbose = false } = options;
  const colour = output === undefined && wantsColour(streams.out, environment.processEnv);
  const placesOf = [formatOf(options), ...files.map(({ format }) => format)].some(hasPlaces)
    ? await sourcePlaces(entries.filter(isReport))
    : undefined;
  const textIn = async (format: ReportFormat, given: Partial<FormatOptions>) =>
    formatReports(entries, format, {
      ...{ colour, verbose, rules: ruleInfos, ...delivery, ...given, ...(placesOf && { placesOf }) },
      ...(format === 'html' && { page: await readPageAssets() }),
    });
  for (const { format, file } of files) await writeNamed('--report', file, await textIn(format, { colour: false }));
  const text = await textIn(formatOf(options), {});
  await (output === undefined ? write(streams.out, text) : writeNamed('--output', output, text));
}

/** Formats that name places in the sources. */
function hasPlaces(format: ReportFormat): boolean {
  return format === 'sarif' || format === 'line';
}

/** The user must mend an input that is no runtime first, whatever the other results are. */
export function exitCodeFor(inputs: readonly ReadInput[], reports: readonly Report[]): ExitCode {
  return exitCodeOf(entriesOf(inputs, reports));
}

function entriesOf(inputs: readonly ReadInput[], reports: readonly Report[]): readonly ReportEntry[] {
  const rest = reports.values();
  return inputs.flatMap((input): readonly ReportEntry[] => {
    if (input.kind === 'problem') return [input.entry];
    const { value } = rest.next();
    if (value === undefined) return [];
    return [input.shard === undefined ? value : { ...value, shard: input.shard }];
  });
}

function isPart(input: ReadInput): boolean {
  return (input.kind === 'blob' ? input.shard : input.entry.shard) !== undefined;
}
