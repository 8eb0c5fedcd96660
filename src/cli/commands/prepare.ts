import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { groupDigits } from '../../base/units.ts';
import type { PreparePlan } from '../../check/check-plan.ts';
import type { CheckProgress } from '../../check/check-progress.ts';
import type { CheckResult } from '../../check/check-runtime.ts';
import { CheckSession, MachineError } from '../../check/session.ts';
import type { RuntimeBlob } from '../../runtime/blob.ts';
import { loadMetrics } from '../../worker/host/load-metrics.ts';
import type { HostMetrics } from '../../worker/host/metrics.ts';
import { filesToCheck, openNamedChain, readInputs } from '../chain-input.ts';
import { checkOptions, command, commonOptions, limitOptions, reportOptions } from '../command.ts';
import { type CliContext, checkSettings } from '../context.ts';
import { type ExitCode, UsageError } from '../exit-code.ts';
import { blobsOf, deliver, exitCodeFor } from '../inputs-and-reports.ts';
import { copyNamed, writeNamed } from '../named-file.ts';
import type { OptionName, Options } from '../options.ts';
import type { ProgressLine } from '../progress-line.ts';

const optionNames = [
  ...reportOptions,
  'worker',
  'trustWorkspace',
  'instances',
  'wireRevision',
  ...limitOptions,
  'para',
  'timeout',
  'memoryLimit',
  'kind',
  ...checkOptions,
  'costs',
  'shard',
  'history',
  'keepArtifact',
  'metrics',
  ...commonOptions,
] as const satisfies readonly OptionName[];

type PrepareOptions = Options<(typeof optionNames)[number]>;

export const prepare = command({
  name: 'prepare',
  summary: 'prepare runtimes as validators do in pre-checking, and print a report',
  arguments: '[file...]',
  options: optionNames,
  examples: [
    ['pvf prepare target/release/wbuild/my-runtime/my_runtime.compact.compressed.wasm', 'can it ship?'],
    ['pvf prepare --format markdown --output report.md --budget pvf-budget.json *.wasm', 'a report for a pull request'],
    [
      'pvf prepare --rpc wss://rpc.example.org --baseline chain --para 2034 my_runtime.wasm',
      'would the chain take it?',
    ],
    ['pvf prepare --rpc wss://rpc.example.org --para 2034', 'the code that the chain has of a parachain'],
    ['pvf prepare', 'the runtimes and the rules in pvf.json'],
    ['pvf prepare spec.json#1161532', 'the code substitute of a chain spec at a block'],
  ],
  run: runPrepare,
});

/** Reports on each input that can be read. Returns the worst exit code. */
async function runPrepare(named: readonly string[], options: PrepareOptions, context: CliContext): Promise<ExitCode> {
  const files = await filesToCheck(named, options, context);
  await checkArguments(files, options);
  const { environment, progress, signal } = context;
  const settings = checkSettings(options, context.workspace);
  const metrics = options.metrics === undefined ? undefined : await loadMetrics();
  await using session = new CheckSession(environment, metrics === undefined ? {} : { host: { observer: metrics } });
  await using chain = await openNamedChain(settings, context);
  const inputs = await session.loadInputs(settings, signal, chain);
  const read = await readInputs(files, chain, options, context);
  const blobs = blobsOf(read);
  if (blobs.length === 0) {
    await deliver(read, [], options, context);
    return exitCodeFor(read, []);
  }

  progress.show('Looking for a prepare worker');
  const choice = await session.chooseWorker(settings, signal);
  // The history is that of a file.
  const isRecorded = options.history !== false && files.length > 0;
  const plan = { kind: 'prepare', settings, inputs, choice } as const;
  const results = await prepareEach(blobs, plan, session, { ...context, isRecorded });
  const failure = await writeExtraFiles(results, metrics, options);
  await deliver(read, results, options, context);
  // The reports come first: they may have taken minutes.
  if (failure) throw failure;
  return exitCodeFor(
    read,
    results.map(({ report }) => report),
  );
}

async function checkArguments(files: readonly string[], { keepArtifact }: PrepareOptions): Promise<void> {
  if (keepArtifact === undefined) return;
  if (files.length > 1) throw new UsageError('--keep-artifact takes one runtime at a time.');
  const isThere = await lstat(keepArtifact).then(
    () => true,
    () => false,
  );
  if (isThere) {
    throw new UsageError(`--keep-artifact ${keepArtifact}: the file already exists.`);
  }
}

/** Always measures: users of the command expect new figures. */
async function prepareEach(
  blobs: readonly RuntimeBlob[],
  plan: PreparePlan,
  session: CheckSession,
  { progress, signal, isRecorded }: Pick<CliContext, 'progress' | 'signal'> & { readonly isRecorded: boolean },
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const blob of blobs) {
    const onProgress = progressOn(progress, path.basename(blob.path));
    results.push(await session.checkBlob(blob, plan, { signal, onProgress, isForced: true, isRecorded }));
  }
  return results;
}

/** Shows the progress of one check. A new phase restarts the clock of the line. */
export function progressOn(line: ProgressLine, name: string): (progress: CheckProgress) => void {
  let phase: CheckProgress['phase'] | undefined;
  return (progress) => {
    const { expectedMs, done, total } = progress;
    if (progress.phase !== phase) {
      phase = progress.phase;
      line.show(phase === 'starting' ? `Starting the worker for ${name}` : `Preparing ${name}`, expectedMs);
    }
    if (expectedMs !== undefined) line.expect(expectedMs);
    if (done === undefined || total === undefined) return;
    const text = `${groupDigits(done)} of ${groupDigits(total)} functions`;
    line.advance({ text, share: total === 0 ? 1 : done / total });
  };
}

/** Writes the files of options other than `--output`. Resolves with the first failure. */
async function writeExtraFiles(
  results: readonly CheckResult[],
  metrics: HostMetrics | undefined,
  options: PrepareOptions,
): Promise<UsageError | MachineError | undefined> {
  const artifact = results[0]?.artifactPath;
  try {
    if (options.metrics !== undefined && metrics !== undefined) {
      await writeNamed('--metrics', options.metrics, await metrics.exposition());
    }
    if (options.keepArtifact !== undefined && artifact !== undefined) {
      await copyNamed('--keep-artifact', artifact, options.keepArtifact);
    }
    return undefined;
  } catch (error) {
    if (error instanceof UsageError || error instanceof MachineError) return error;
    throw error;
  }
}
