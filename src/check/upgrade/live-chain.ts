/** What a live chain says about an upgrade. */
import { omitUndefined } from '../../base/omit-undefined.ts';
import type { ChainReader } from '../../chain/chain-reader.ts';
import { ConfigError } from '../../limits/json-file.ts';
import type { Profile } from '../../limits/profile.ts';
import type { ChainFacts } from '../../model/upgrade-checklist.ts';
import { blobKind } from '../../runtime/magic.ts';
import { inspectInThread } from '../../runtime/inspect-in-thread.ts';
import type { NamedBaseline } from '../baseline.ts';
import { summarizeRuntime } from '../runtime-summary.ts';

export interface LiveChain {
  readonly reader: ChainReader;
  readonly facts: ChainFacts;
  /** The limits of the relay chain. */
  readonly profile: Profile;
  /** The code that the parachain runs now. Absent: no parachain was named, or it has none. */
  readonly code?: { readonly stored: Uint8Array; readonly codeHash: string };
}

/**
 * Rejects with `ChainError`, `ConfigError`, or the signal's reason.
 * @param paraId absent: a relay chain is asked for its limits alone, a parachain for itself
 */
export async function readLiveChain(reader: ChainReader, paraId: number | undefined): Promise<LiveChain> {
  const { url, kind, specName, specVersion, block } = reader;
  const para = paraId === undefined ? (kind === 'parachain' ? (await reader.paras())[0] : undefined) : await reader.para(paraId);
  if (paraId !== undefined && para === undefined) throw new ConfigError(`${url}: there is no parachain with the id ${paraId}.`);
  const current = para?.codes.find(({ is }) => is === 'current');
  const stored = current && (await reader.code(current.codeHash));
  return {
    reader,
    facts: { rpc: url, kind, specName, specVersion, block, ...(para && { para: { id: para.id, upgrade: para.upgrade } }) },
    profile: await reader.limits(),
    ...omitUndefined({ code: stored && { stored, codeHash: current.codeHash } }),
  };
}

/** The code of the chain as the baseline of a check. Undefined: it is not known. Rejects with the signal's reason. */
export async function liveBaseline(
  { facts, profile, code }: LiveChain,
  signal: AbortSignal | undefined,
): Promise<NamedBaseline | undefined> {
  if (code === undefined) return undefined;
  const { stored, codeHash } = code;
  const name = facts.para === undefined ? facts.rpc : `parachain ${facts.para.id} of ${facts.rpc}`;
  const container = blobKind(stored) === 'wasm' ? 'wasm' : 'compressed-wasm';
  const inspected = await inspectInThread(stored, profile.bombLimit, signal && { signal });
  return { is: 'chain', name, runtime: summarizeRuntime({ path: name, container, stored, codeHash }, inspected) };
}
