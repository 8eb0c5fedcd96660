/** Checks a code, and lists what has to happen until a chain runs it. */
import { omitUndefined } from '../../base/omit-undefined.ts';
import type { RuntimeMetadata } from '../../model/metadata.ts';
import { metadataProblem } from '../../model/metadata-problem.ts';
import type { Report } from '../../model/report.ts';
import { SCHEMA_VERSION } from '../../model/schema-version.ts';
import type { PresentCode, UpgradeFacts } from '../../model/upgrade/facts.ts';
import { upgradeSteps } from '../../model/upgrade/steps.ts';
import type { UpgradeChecklist } from '../../model/upgrade-checklist.ts';
import type { RuntimeBlob } from '../../runtime/blob.ts';
import { decodeMetadata } from '../../runtime/metadata/decode.ts';
import { type CheckInputs, loadInputs } from '../check-plan.ts';
import type { CheckProgress } from '../check-progress.ts';
import type { CheckSettings } from '../check-settings.ts';
import { withComparison } from '../compare-files.ts';
import type { CheckSession } from '../session.ts';
import { type LiveChain, liveBaseline } from './live-chain.ts';
import { type MadeCalls, upgradeCalls } from './upgrade-calls.ts';

export interface UpgradeOptions {
  readonly session: CheckSession;
  /** Their baseline is the code that the chain runs. Without `metadata`, no call data can be made. */
  readonly settings: CheckSettings;
  readonly kind: 'prepare' | 'inspect';
  readonly live?: LiveChain;
  /** Of an earlier check of the same code. Absent: the code is checked now. */
  readonly report?: Report;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CheckProgress) => void;
}

export interface Upgrade {
  readonly checklist: UpgradeChecklist;
  /** With the whole call data. */
  readonly calls: MadeCalls;
}

/**
 * Rejects with `ConfigError`, `ChainError`, `MachineError`, or the signal's reason.
 * @param blob undefined: the code that the report is about is gone
 */
export async function checkUpgrade(blob: RuntimeBlob | undefined, options: UpgradeOptions): Promise<Upgrade> {
  const { settings, live, signal } = options;
  const inputs = await withLive(await loadInputs({ ...settings, baselineIs: 'chain' }, signal && { signal }), options);
  const report = await reportOf(blob, inputs, options);
  const calls = await callsFor(blob, report, inputs, options);
  const present = presentCode(inputs, report, live);
  const facts: UpgradeFacts = {
    report,
    limits: inputs.profile,
    ...omitUndefined({ present, chain: live?.facts }),
    calls: calls.kind === 'none' ? calls : { ...calls, calls: calls.calls.map(({ parts: _, ...call }) => call) },
  };
  return { checklist: checklistOf(facts), calls };
}

async function withLive(inputs: CheckInputs, { live, signal, session, settings }: UpgradeOptions): Promise<CheckInputs> {
  if (live === undefined) return inputs;
  const { profile, code } = live;
  if (inputs.baseline !== undefined) return { ...inputs, profile };
  const baseline = await liveBaseline(live, signal);
  const { bombLimit } = profile;
  const metadataResult =
    code && settings.metadata && (await session.metadata(code, { bombLimit, ...(signal && { signal }) }));
  return { ...inputs, profile, ...(baseline && { baseline: { ...baseline, ...(metadataResult && { metadataResult }) } }) };
}

async function reportOf(
  blob: RuntimeBlob | undefined,
  inputs: CheckInputs,
  { session, settings, kind, report, signal, onProgress }: UpgradeOptions,
): Promise<Report> {
  if (report !== undefined) return withComparison(report, inputs);
  if (blob === undefined) throw new RangeError('there is neither a blob nor a report');
  const choice = kind === 'prepare' ? await session.chooseWorker(settings, signal) : undefined;
  const plan =
    choice === undefined
      ? ({ kind: 'inspect', settings, inputs } as const)
      : ({ kind: 'prepare', settings, inputs, choice } as const);
  return (await session.checkBlob(blob, plan, omitUndefined({ signal, onProgress }))).report;
}

type ReadMetadata =
  | { readonly kind: 'read'; readonly by: 'chain' | 'baseline' | 'blob'; readonly metadata: RuntimeMetadata }
  /** `reason`: a sentence. */
  | { readonly kind: 'none'; readonly reason: string };

type Calls =
  | (MadeCalls & { readonly kind: 'made'; readonly by: 'chain' | 'baseline' | 'blob' })
  | { readonly kind: 'none'; readonly reason: string };

async function callsFor(
  blob: RuntimeBlob | undefined,
  report: Report,
  inputs: CheckInputs,
  options: UpgradeOptions,
): Promise<Calls> {
  if (blob === undefined) {
    return { kind: 'none', reason: `${report.runtime.path} no longer has the code of the report.` };
  }
  const read = await dispatcherMetadata(blob, report, inputs, options);
  if (read.kind === 'none') return read;
  const made = upgradeCalls(read.metadata, blob);
  return made.kind === 'none' ? made : { ...made, by: read.by };
}

/** The metadata of the runtime that will dispatch the calls: the one that the chain runs now. Otherwise the new one's. */
async function dispatcherMetadata(
  blob: RuntimeBlob,
  report: Report,
  { baseline, profile }: CheckInputs,
  { session, settings, live, signal }: UpgradeOptions,
): Promise<ReadMetadata> {
  if (live !== undefined && isOwnChain(live, report)) {
    const decoded = decodeMetadata(await live.reader.metadata());
    if (decoded.kind === 'ok') return { kind: 'read', by: 'chain', metadata: decoded.metadata };
  }
  if (baseline?.metadataResult?.kind === 'read') {
    return { kind: 'read', by: live?.code === undefined ? 'baseline' : 'chain', metadata: baseline.metadataResult.metadata };
  }
  if (settings.metadata === undefined) return { kind: 'none', reason: noMetadata };
  const result = await session.metadata(blob, { bombLimit: profile.bombLimit, ...(signal && { signal }) });
  return result.kind === 'read'
    ? { kind: 'read', by: 'blob', metadata: result.metadata }
    : { kind: 'none', reason: metadataProblem(result) ?? '' };
}

const noMetadata =
  'It takes the metadata, which takes running the code in an interpreter: trust the workspace to allow that.';

/** Is the chain that was asked the one that will run the code? */
function isOwnChain({ reader, facts }: LiveChain, { runtime }: Report): boolean {
  return reader.kind === 'parachain' || (facts.para === undefined && runtime.isParachain === false);
}

function presentCode({ baseline }: CheckInputs, report: Report, live: LiveChain | undefined): PresentCode | undefined {
  if (baseline !== undefined) return baseline.runtime;
  if (live === undefined || !isOwnChain(live, report)) return undefined;
  const { specName, specVersion, transactionVersion } = live.reader;
  return { specName, specVersion, transactionVersion };
}

function checklistOf(facts: UpgradeFacts): UpgradeChecklist {
  const { report, chain, calls } = facts;
  const { runtime, limits, tool, vote, conclusion } = report;
  const { path, codeHash, storedBytes, specName, specVersion, transactionVersion } = runtime;
  return {
    schemaVersion: SCHEMA_VERSION,
    tool,
    createdAt: new Date().toISOString(),
    runtime: { path, codeHash, storedBytes, ...omitUndefined({ specName, specVersion, transactionVersion }) },
    vote,
    conclusion,
    limits: { profile: limits.profile, source: limits.source, date: limits.date },
    ...omitUndefined({ chain }),
    ...(calls.kind === 'made' && { callsBy: calls.by }),
    calls: calls.kind === 'made' ? [...calls.calls] : [],
    steps: [...upgradeSteps(facts)],
  };
}
