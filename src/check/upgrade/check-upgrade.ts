/** Checks a code, and lists what has to happen until a chain runs it. */
import { omitUndefined } from '../../base/omit-undefined.ts';
import type { ChainPara, ChainReader } from '../../chain/chain-reader.ts';
import type { Profile } from '../../limits/profile.ts';
import type { MetadataResult, RuntimeMetadata } from '../../model/metadata.ts';
import { metadataProblem } from '../../model/metadata-problem.ts';
import type { Report } from '../../model/report.ts';
import { SCHEMA_VERSION } from '../../model/schema-version.ts';
import type { PresentCode, UpgradeFacts } from '../../model/upgrade/facts.ts';
import { upgradeSteps } from '../../model/upgrade/steps.ts';
import type { ChainFacts, UpgradeChecklist } from '../../model/upgrade-checklist.ts';
import type { RuntimeBlob } from '../../runtime/blob.ts';
import { decodeMetadata } from '../../runtime/metadata/decode.ts';
import { chainBaselineName, findPara } from '../chain/live-chain.ts';
import type { CheckInputs } from '../check-plan.ts';
import type { CheckProgress } from '../check-progress.ts';
import type { CheckKind, CheckSettings } from '../check-settings.ts';
import { withComparison } from '../compare-files.ts';
import type { CheckSession } from '../session.ts';
import { type MadeCalls, upgradeCalls } from './upgrade-calls.ts';

export interface UpgradeOptions {
  readonly session: CheckSession;
  /**
   * Without `metadata`, no call data can be made. A baseline counts if it is the code that the chain runs now; without one, the chain
   * has it.
   */
  readonly settings: CheckSettings;
  readonly kind: CheckKind;
  /** The chain of `settings.rpc`. */
  readonly chain?: ChainReader;
  /** The report of an earlier check of the same code. Absent: the code is checked now. */
  readonly report?: Report;
  readonly signal: AbortSignal;
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
  const { session, chain, signal } = options;
  const para = await paraOf(options);
  const settings = withChainBaseline(options.settings, para);
  const inputs = await session.loadInputs(settings, signal, chain);
  const report = await reportOf(blob, inputs, { ...options, settings });
  const own = chain !== undefined && isOwnChain(chain, para, report) ? chain : undefined;
  const calls = await callsFor(blob, report, inputs, own, { ...options, settings });
  const facts: UpgradeFacts = {
    report,
    limits: inputs.profile,
    ...omitUndefined({ present: presentCode(inputs, own), chain: chain && chainFacts(chain, para) }),
    calls: calls.kind === 'none' ? calls : { ...calls, calls: calls.calls.map(({ parts: _, ...call }) => call) },
  };
  return { checklist: checklistOf(facts, inputs.profile), calls };
}

/** An earlier build is no baseline of an upgrade. */
function withChainBaseline(
  { baseline: named, baselineIs, ...settings }: CheckSettings,
  para: ChainPara | undefined,
): CheckSettings {
  const baseline = baselineIs === 'chain' && named !== undefined ? named : para && chainBaselineName;
  return baseline === undefined ? settings : { ...settings, baseline, baselineIs: 'chain' };
}

/** The parachain whose code it will be. Undefined: none was named. */
async function paraOf({ chain, settings }: UpgradeOptions): Promise<ChainPara | undefined> {
  if (chain === undefined) return undefined;
  if (settings.para !== undefined) return findPara(chain, settings.para, '');
  return chain.kind === 'parachain' ? (await chain.paras())[0] : undefined;
}

function chainFacts({ url, kind, specName, specVersion, block }: ChainReader, para: ChainPara | undefined): ChainFacts {
  const { number, hash } = block;
  return {
    ...{ rpc: url, kind, specName, specVersion, block: { number, hash } },
    ...(para && { para: { id: para.id, upgrade: para.upgrade } }),
  };
}

async function reportOf(
  blob: RuntimeBlob | undefined,
  inputs: CheckInputs,
  { session, settings, kind, report, signal, onProgress }: UpgradeOptions,
): Promise<Report> {
  if (report !== undefined) return withComparison(report, inputs);
  if (blob === undefined) throw new RangeError('there is neither a blob nor a report');
  const plan =
    kind === 'prepare'
      ? ({ kind, settings, inputs, choice: await session.chooseWorker(settings, signal) } as const)
      : ({ kind, settings, inputs } as const);
  return (await session.checkBlob(blob, plan, { signal, ...(onProgress && { onProgress }) })).report;
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
  own: ChainReader | undefined,
  options: UpgradeOptions,
): Promise<Calls> {
  if (blob === undefined) {
    return { kind: 'none', reason: `${report.runtime.path} no longer has the code of the report.` };
  }
  const read = await dispatcherMetadata(blob, inputs, own, options);
  if (read.kind === 'none') return read;
  const made = upgradeCalls(read.metadata, blob);
  return made.kind === 'none' ? made : { ...made, by: read.by };
}

/** The metadata of the runtime that will dispatch the calls: the one that the chain runs now. Otherwise the new one's. */
async function dispatcherMetadata(
  blob: RuntimeBlob,
  { baseline, profile }: CheckInputs,
  own: ChainReader | undefined,
  { session, settings, signal }: UpgradeOptions,
): Promise<ReadMetadata> {
  if (own !== undefined) {
    const decoded = decodeMetadata(await own.metadata());
    return decoded.kind === 'ok'
      ? { kind: 'read', by: 'chain', metadata: decoded.metadata }
      : { kind: 'none', reason: metadataProblem(decoded) ?? '' };
  }
  if (baseline?.metadataResult !== undefined) {
    return readResult(baseline.metadataResult, settings.baseline === chainBaselineName ? 'chain' : 'baseline');
  }
  if (settings.metadata === undefined) return { kind: 'none', reason: noMetadata };
  return readResult(await session.metadata(blob, { bombLimit: profile.bombLimit, signal }), 'blob');
}

function readResult(result: MetadataResult, by: 'chain' | 'baseline' | 'blob'): ReadMetadata {
  return result.kind === 'read'
    ? { kind: 'read', by, metadata: result.metadata }
    : { kind: 'none', reason: metadataProblem(result) ?? '' };
}

const noMetadata =
  'It takes the metadata, which takes running the code in an interpreter: trust the workspace to allow that.';

/** Will this chain itself run the code, not a parachain of it? */
function isOwnChain({ kind }: ChainReader, para: ChainPara | undefined, { runtime }: Report): boolean {
  return kind === 'parachain' || (para === undefined && runtime.isParachain === false);
}

function presentCode({ baseline }: CheckInputs, own: ChainReader | undefined): PresentCode | undefined {
  if (baseline !== undefined) return baseline.runtime;
  if (own === undefined) return undefined;
  const { specName, specVersion, transactionVersion } = own;
  return { specName, specVersion, transactionVersion };
}

function checklistOf(facts: UpgradeFacts, { name, source, date }: Profile): UpgradeChecklist {
  const { report, chain, calls } = facts;
  const { runtime, tool, vote, conclusion } = report;
  const { path, codeHash, storedBytes, specName, specVersion, transactionVersion } = runtime;
  return {
    schemaVersion: SCHEMA_VERSION,
    tool,
    createdAt: new Date().toISOString(),
    runtime: { path, codeHash, storedBytes, ...omitUndefined({ specName, specVersion, transactionVersion }) },
    vote,
    conclusion,
    limits: { profile: name, source, date },
    ...omitUndefined({ chain }),
    ...(calls.kind === 'made' && { callsBy: calls.by }),
    calls: calls.kind === 'made' ? [...calls.calls] : [],
    steps: [...upgradeSteps(facts)],
  };
}
