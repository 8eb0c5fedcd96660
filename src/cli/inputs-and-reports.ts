import { readPageAssets } from '../base/page-assets.ts';
import type { OwnPackage } from '../check/check-environment.ts';
import type { CheckResult } from '../check/check-runtime.ts';
import { ruleInfos } from '../check/rules/index.ts';
import type { ProblemEntry, ReportEntry } from '../model/input-problem.ts';
import type { Report } from '../model/report.ts';
import { SCHEMA_VERSION } from '../model/schema-version.ts';
import { type FormatOptions, formatReports, type ReportFormat } from '../report/format.ts';
import { type RuntimeBlob, readRuntime } from '../runtime/blob.ts';
import { InputError } from '../runtime/input-error.ts';
import type { CliContext } from './context.ts';
import { ExitCode, exitCodeOf } from './exit-code.ts';
import { writeNamed } from './named-file.ts';
import { formatOf, type Options } from './options.ts';
import { wantsColour, write } from './streams.ts';

export type ReadInput = { readonly kind: 'blob'; readonly blob: RuntimeBlob } | ProblemInput;

interface ProblemInput {
  readonly kind: 'problem';
  readonly entry: ProblemEntry;
}

type DeliveryOptions = Options<'json' | 'format' | 'output' | 'report' | 'verbose'>;

/** Reads all files. Logs the problem of each that is no runtime, unless the report on the terminal shows it. */
export async function readAll(
  files: readonly string[],
  options: DeliveryOptions,
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
  return inputs;
}

export function blobsOf(inputs: readonly ReadInput[]): readonly RuntimeBlob[] {
  return inputs.flatMap((input) => (input.kind === 'blob' ? [input.blob] : []));
}

function problemEntry({ path, problem }: InputError, { name, version }: OwnPackage): ProblemEntry {
  return { schemaVersion: SCHEMA_VERSION, tool: { name, version }, createdAt: new Date().toISOString(), path, problem };
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
  { streams, progress, environment }: CliContext,
): Promise<void> {
  progress.clear();
  const { output, report: files = [], verbose = false } = options;
  const colour = output === undefined && wantsColour(streams.out, environment.processEnv);
  const entries = entriesOf(
    inputs,
    results.map(({ report }) => report),
  );
  const referenceOf = (report: Report) => results.find((result) => result.report === report)?.reference;
  const common = { colour, verbose, isList: inputs.length > 1, rules: ruleInfos, referenceOf };
  const textIn = async (format: ReportFormat, given: Partial<FormatOptions>) =>
    formatReports(entries, format, {
      ...{ ...common, ...given },
      ...(format === 'html' && { page: await readPageAssets() }),
    });
  for (const { format, file } of files) await writeNamed('--report', file, await textIn(format, { colour: false }));
  const text = await textIn(formatOf(options), {});
  await (output === undefined ? write(streams.out, text) : writeNamed('--output', output, text));
}

/** The user must mend an input that is no runtime first, whatever the other results are. */
export function exitCodeFor(inputs: readonly ReadInput[], reports: readonly Report[]): ExitCode {
  return inputs.some(({ kind }) => kind === 'problem') ? ExitCode.usage : exitCodeOf(reports);
}

function entriesOf(inputs: readonly ReadInput[], reports: readonly Report[]): readonly ReportEntry[] {
  const rest = reports.values();
  return inputs.flatMap((input): readonly ReportEntry[] => {
    if (input.kind === 'problem') return [input.entry];
    const { value } = rest.next();
    return value === undefined ? [] : [value];
  });
}
