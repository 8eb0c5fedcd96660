import { lstat } from 'node:fs/promises';
import path from 'node:path';

import { groupDigits } from '../../base/units.ts';
import { type CheckOptions, type CheckResult, checkRuntime, type Preparer } from '../../check/check-runtime.ts';
import { chooseWorker, type WorkerChoice } from '../../check/choose-worker.ts';
import { type Baseline, loadBaseline } from '../../check/findings/baseline-findings.ts';
import { PreparationRates } from '../../check/rates.ts';
import { loadBudget } from '../../limits/budget.ts';
import { defaultProfileName, type Profile } from '../../limits/profile.ts';
import { loadProfile } from '../../limits/profile-file.ts';
import type { Budget } from '../../model/measures.ts';
import type { Report } from '../../model/report.ts';
import type { RuntimeBlob } from '../../runtime/blob.ts';
import type { HostDirectories } from '../../worker/host/host-directories.ts';
import { loadMetrics } from '../../worker/host/load-metrics.ts';
import { logDirectives } from '../../worker/host/log-directives.ts';
import type { HostMetrics } from '../../worker/host/metrics.ts';
import { openHost } from '../../worker/host/open-host.ts';
import type { JobProgress } from '../../worker/process/job-progress.ts';
import { command, commonOptions, reportOptions, workerOptions } from '../command.ts';
import { type CliContext, examineOptions, hostDirectoriesOf, spawnTimeoutMs, workerSearch } from '../context.ts';
import { ExitCode, exitCodeOf, UsageError } from '../exit-code.ts';
import { deliver, readAll } from '../inputs-and-reports.ts';
import { copyNamed, writeNamed } from '../named-file.ts';
import type { OptionName, Options } from '../options.ts';
import type { Step } from '../progress-line.ts';

/** What the files beside the runtimes say. */
interface Inputs {
  readonly profile: Profile;
  readonly budget?: Budget;
  readonly baseline?: Baseline;
}

/** What came of it all. */
interface Prepared {
  readonly reports: readonly Report[];
  /** The first file beside the report that could not be written. */
  readonly failure?: UsageError;
}

const optionNames = [
  ...reportOptions,
  ...workerOptions,
  'profile',
  'timeout',
  'memoryLimit',
  'kind',
  'budget',
  'baseline',
  'keepArtifact',
  'metrics',
  ...commonOptions,
] as const satisfies readonly OptionName[];

type PrepareOptions = Options<(typeof optionNames)[number]>;

export const prepare = command({
  name: 'prepare',
  summary: 'prepare runtimes as validators do in pre-checking, and report',
  arguments: '<file...>',
  options: optionNames,
  examples: [
    ['pvf prepare target/release/wbuild/my-runtime/my_runtime.compact.compressed.wasm', 'would validators accept it?'],
    ['pvf prepare --format markdown --output report.md --budget pvf-budget.json *.wasm', 'a report for a pull request'],
    ['pvf prepare spec.json#1161532', 'the code substitute of a chain spec at that block'],
  ],
  run: runPrepare,
});

/** A report for each file that can be read, and the worst exit code of all. */
async function runPrepare(files: readonly string[], options: PrepareOptions, context: CliContext): Promise<ExitCode> {
  await checkArguments(files, options);
  const inputs = await loadInputs(options);
  const { blobs, unreadable } = await readAll(files, context);
  if (blobs.length === 0) return ExitCode.usage;
  const { reports, failure } = await prepareAll(blobs, options, inputs, context);
  await deliver(reports, files.length > 1, options, context);
  // Not before: the answer may have taken a minute.
  if (failure) throw failure;
  // The user has to mend an unreadable input first, whatever the others came to.
  return unreadable > 0 ? ExitCode.usage : exitCodeOf(reports);
}

async function checkArguments(files: readonly string[], { keepArtifact }: PrepareOptions): Promise<void> {
  if (keepArtifact === undefined) return;
  if (files.length > 1) throw new UsageError('--keep-artifact takes one runtime at a time.');
  const isThere = await lstat(keepArtifact).then(
    () => true,
    () => false,
  );
  if (isThere)
    throw new UsageError(`--keep-artifact ${keepArtifact}: the file is there already, and is not overwritten.`);
}

async function loadInputs({ profile, budget, baseline }: PrepareOptions): Promise<Inputs> {
  return {
    profile: await loadProfile(profile ?? defaultProfileName),
    ...(budget === undefined ? {} : { budget: await loadBudget(budget) }),
    ...(baseline === undefined ? {} : { baseline: await loadBaseline(baseline) }),
  };
}

async function prepareAll(
  blobs: readonly RuntimeBlob[],
  options: PrepareOptions,
  inputs: Inputs,
  context: CliContext,
): Promise<Prepared> {
  const { guard, log } = context;
  await using directories = await hostDirectoriesOf(context);
  const choice = await findWorker(options, directories, context);
  if (choice.kind === 'none') {
    const preparer: Preparer = { kind: 'none', outcome: choice.outcome };
    return { reports: (await checkEach(blobs, preparer, options, inputs, context)).map(({ report }) => report) };
  }
  const { worker } = choice;
  const directives = logDirectives(worker, options.log === 'debug' ? 'debug' : 'quiet');
  const metrics = options.metrics === undefined ? undefined : await loadMetrics();
  const { host } = await openHost({
    worker,
    directories,
    spawnTimeoutMs,
    logDirectives: directives,
    log,
    guard,
    ...(metrics && { observer: metrics }),
  });
  await using open = host;
  const results = await checkEach(blobs, { kind: 'worker', worker, host: open }, options, inputs, context);
  const failure = await writeBeside(results, metrics, options);
  return { reports: results.map(({ report }) => report), ...(failure && { failure }) };
}

/** Writes what was asked for beside the report. Resolves with what went wrong. */
async function writeBeside(
  results: readonly CheckResult[],
  metrics: HostMetrics | undefined,
  options: PrepareOptions,
): Promise<UsageError | undefined> {
  const artifact = results[0]?.artifactPath;
  try {
    if (options.metrics !== undefined && metrics !== undefined)
      await writeNamed('--metrics', options.metrics, await metrics.exposition());
    if (options.keepArtifact !== undefined && artifact !== undefined) {
      await copyNamed('--keep-artifact', artifact, options.keepArtifact);
    }
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}

/** The worker asked for, or the first that is found. */
async function findWorker(
  options: PrepareOptions,
  directories: HostDirectories,
  context: CliContext,
): Promise<WorkerChoice> {
  const { signal, progress } = context;
  progress.show('Looking for a prepare worker');
  const examine = await examineOptions(options, directories, context);
  return chooseWorker(workerSearch(options, context), examine, signal);
}

async function checkEach(
  blobs: readonly RuntimeBlob[],
  preparer: Preparer,
  options: PrepareOptions,
  inputs: Inputs,
  context: CliContext,
): Promise<CheckResult[]> {
  const { package: tool, signal } = context;
  const { kind = 'precheck', timeout: prepTimeoutMs, memoryLimit } = options;
  const settings: CheckOptions['settings'] = {
    kind,
    ...(prepTimeoutMs === undefined ? {} : { prepTimeoutMs }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
  };
  const common = { preparer, settings, ...inputs, tool: { name: tool.name, version: tool.version }, signal };
  const results: CheckResult[] = [];
  for (const blob of blobs) results.push(await checkWithProgress(blob, common, context));
  return results;
}

async function checkWithProgress(
  blob: RuntimeBlob,
  options: CheckOptions,
  { progress, cacheFolder }: CliContext,
): Promise<CheckResult> {
  const rates = new PreparationRates(cacheFolder);
  const { preparer } = options;
  const identity = preparer.kind === 'worker' ? preparer.worker.identity : undefined;
  const name = path.basename(blob.path);
  progress.show(`Starting the worker for ${name}`);
  let expectedMs: number | undefined;
  const result = await checkRuntime(blob, {
    ...options,
    events: {
      // Small runtimes are looked into before the worker has started.
      onStart: () => progress.show(`Preparing ${name}`, expectedMs),
      onProgress: (compiled) => progress.advance(stepOf(compiled)),
      onFacts: ({ rawBytes }) => {
        if (identity === undefined || rawBytes === undefined) return;
        void rates.estimateMs(identity, rawBytes).then((ms) => {
          expectedMs = ms;
          progress.expect(ms);
        });
      },
    },
  });
  const { runtime, stats } = result.report;
  if (identity !== undefined && runtime.rawBytes !== undefined && stats?.cpuTimeMs !== undefined) {
    await rates.learn(identity, runtime.rawBytes, stats.wallTimeMs);
  }
  return result;
}

function stepOf({ done, total }: JobProgress): Step {
  return { text: `${groupDigits(done)} of ${groupDigits(total)} functions`, share: total === 0 ? 1 : done / total };
}
