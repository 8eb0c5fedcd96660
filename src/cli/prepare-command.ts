import { constants } from 'node:fs';
import { copyFile, lstat, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeAtomically } from '../base/atomic-file.ts';
import { textOf } from '../base/errors.ts';
import { type Budget, loadBudget } from '../check/budget.ts';
import { type CheckOptions, type CheckResult, checkRuntime, type Preparer } from '../check/check-runtime.ts';
import { chooseWorker, type WorkerChoice } from '../check/choose-worker.ts';
import { type Baseline, loadBaseline } from '../check/findings/baseline-findings.ts';
import { defaultProfileName, type Profile } from '../check/profile.ts';
import { loadProfile } from '../check/profile-file.ts';
import { PreparationRates } from '../check/rates.ts';
import type { Report } from '../check/report.ts';
import { formatReports } from '../report/format.ts';
import { type RuntimeBlob, readRuntime } from '../runtime/blob.ts';
import { InputError } from '../runtime/input-error.ts';
import { openHost } from '../worker/host/open-host.ts';
import { openWorkplace, type Workplace } from '../worker/host/workplace.ts';
import { buildWorker } from './build-worker.ts';
import { ExitCode, exitCodeOf, UsageError } from './exit-code.ts';
import type { Options } from './options.ts';
import { wantsColour, write } from './streams.ts';
import { type Surroundings, spawnTimeoutMs, workerSearch } from './surroundings.ts';

/** What the files beside the runtimes say. */
interface Inputs {
  readonly profile: Profile;
  readonly budget?: Budget;
  readonly baseline?: Baseline;
}

/** `pvf prepare <file…>`: a report for each file that can be read, and the worst exit code of all. */
export async function prepareCommand(
  files: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<ExitCode> {
  await checkArguments(files, options);
  const inputs = await loadInputs(options);
  const { blobs, unreadable } = await readAll(files, surroundings);
  if (blobs.length === 0) return ExitCode.usage;
  const reports = await prepareAll(blobs, options, inputs, surroundings);
  await deliver(reports, options, surroundings);
  // An input that can't be read is the person's to mend first, whatever the others came to.
  return unreadable > 0 ? ExitCode.usage : exitCodeOf(reports);
}

async function checkArguments(files: readonly string[], { keepArtifact }: Options): Promise<void> {
  if (files.length === 0) throw new UsageError('Name at least one runtime: pvf prepare <file…>');
  if (keepArtifact === undefined) return;
  if (files.length > 1) throw new UsageError('--keep-artifact takes one runtime at a time.');
  const isThere = await lstat(keepArtifact).then(
    () => true,
    () => false,
  );
  if (isThere)
    throw new UsageError(`--keep-artifact ${keepArtifact}: the file is there already, and is not overwritten.`);
}

async function loadInputs({ profile, budget, baseline }: Options): Promise<Inputs> {
  return {
    profile: await loadProfile(profile ?? defaultProfileName),
    ...(budget === undefined ? {} : { budget: await loadBudget(budget) }),
    ...(baseline === undefined ? {} : { baseline: await loadBaseline(baseline) }),
  };
}

async function readAll(files: readonly string[], { log, signal }: Surroundings) {
  const blobs: RuntimeBlob[] = [];
  for (const file of files) {
    try {
      blobs.push(await readRuntime(file, { signal }));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      log.error(`${error.message} ${error.remedy}`);
    }
  }
  return { blobs, unreadable: files.length - blobs.length };
}

async function prepareAll(
  blobs: readonly RuntimeBlob[],
  options: Options,
  inputs: Inputs,
  surroundings: Surroundings,
): Promise<Report[]> {
  const { guard, log, cacheFolder } = surroundings;
  await using workplace = await openWorkplace(cacheFolder, guard, log);
  const choice = await findWorker(options, workplace, surroundings);
  if (choice.kind === 'none') {
    const preparer: Preparer = { kind: 'none', outcome: choice.outcome };
    return checkEach(blobs, preparer, options, inputs, surroundings);
  }
  const { worker } = choice;
  const logDirectives = options.logLevel === 'debug' ? 'parachain=debug' : '';
  const { host } = await openHost({ worker, workplace, spawnTimeoutMs, logDirectives, log, guard });
  await using open = host;
  const reports = await checkEach(blobs, { kind: 'worker', worker, host: open }, options, inputs, surroundings);
  if (options.metrics !== undefined) await writeAtomically(options.metrics, await open.metrics.exposition(), 0o644);
  return reports;
}

/** The worker asked for or found; where there is none, and `npm start` asks for it, one is built. */
async function findWorker(options: Options, workplace: Workplace, surroundings: Surroundings): Promise<WorkerChoice> {
  const { guard, log, signal, env, progress } = surroundings;
  const { known, scratch } = workplace;
  const { wireRevision } = options;
  const examine = { known, scratch, spawnTimeoutMs, log, guard, ...(wireRevision && { forcedRevision: wireRevision }) };
  const search = workerSearch(options, surroundings);
  progress.show('Looking for a prepare worker');
  const choice = await chooseWorker(search, examine, signal);
  const mayBuild = options.worker === undefined && env['PVF_BUILD_WORKER'] === 'if-missing';
  if (choice.kind === 'worker' || !mayBuild) return choice;
  await buildWorker(surroundings);
  return chooseWorker(search, examine, signal);
}

async function checkEach(
  blobs: readonly RuntimeBlob[],
  preparer: Preparer,
  options: Options,
  inputs: Inputs,
  surroundings: Surroundings,
): Promise<Report[]> {
  const { package: tool, signal } = surroundings;
  const { kind, prepTimeoutMs, memoryLimit } = options;
  const settings: CheckOptions['settings'] = {
    kind,
    ...(prepTimeoutMs === undefined ? {} : { prepTimeoutMs }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
  };
  const common = { preparer, settings, ...inputs, tool: { name: tool.name, version: tool.version }, signal };
  const reports: Report[] = [];
  for (const blob of blobs) {
    const result = await checkWithProgress(blob, common, surroundings);
    if (options.keepArtifact !== undefined) await keepArtifact(result, options.keepArtifact);
    reports.push(result.report);
  }
  return reports;
}

async function checkWithProgress(
  blob: RuntimeBlob,
  options: CheckOptions,
  { progress, cacheFolder }: Surroundings,
): Promise<CheckResult> {
  const rates = new PreparationRates(cacheFolder);
  const { preparer } = options;
  const identity = preparer.kind === 'worker' ? preparer.worker.identity : undefined;
  const name = path.basename(blob.path);
  progress.show(`Starting the worker for ${name}`);
  const result = await checkRuntime(blob, {
    ...options,
    events: {
      onStart: () => progress.show(`Preparing ${name}`),
      onFacts: ({ rawBytes }) => {
        if (identity === undefined || rawBytes === undefined) return;
        void rates.estimateMs(identity, rawBytes).then((ms) => progress.expect(ms));
      },
    },
  });
  const { runtime, stats } = result.report;
  if (identity !== undefined && runtime.rawBytes !== undefined && stats?.cpuTimeMs !== undefined) {
    await rates.learn(identity, runtime.rawBytes, stats.wallTimeMs);
  }
  return result;
}

/** Copies the artifact out of the store, never over a file that is there. */
async function keepArtifact({ artifactPath }: CheckResult, target: string): Promise<void> {
  if (artifactPath === undefined) return;
  try {
    await mkdir(path.dirname(path.resolve(target)), { recursive: true });
    await copyFile(artifactPath, target, constants.COPYFILE_EXCL);
  } catch (error) {
    throw new UsageError(`--keep-artifact ${target}: the artifact can't be written: ${textOf(error)}.`);
  }
}

async function deliver(reports: readonly Report[], options: Options, surroundings: Surroundings): Promise<void> {
  const { streams, progress, env } = surroundings;
  progress.clear();
  const { format, output } = options;
  const colour = output === undefined && wantsColour(streams.out, env);
  const text = formatReports(reports, format, { colour });
  if (output === undefined) return write(streams.out, text);
  try {
    await mkdir(path.dirname(path.resolve(output)), { recursive: true });
    await writeAtomically(output, text, 0o644);
  } catch (error) {
    throw new UsageError(`--output ${output}: the report can't be written: ${textOf(error)}.`);
  }
}
