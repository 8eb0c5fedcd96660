/** What a check takes from a live chain: the limits, and the codes of a parachain. */
import type { ChainPara, ChainReader } from '../../chain/chain-reader.ts';
import { ConfigError } from '../../limits/json-file.ts';
import type { Profile } from '../../limits/profile.ts';
import type { ParaSummary } from '../../model/report.ts';
import type { RuntimeBlob } from '../../runtime/blob.ts';
import { blobOfPara } from '../../runtime/chain-blob.ts';
import { type BaselineOptions, baselineOfBlob, type NamedBaseline } from '../baseline.ts';

/** The baseline that is the code which the chain runs. */
export const chainBaselineName = 'chain';

export interface ChainFacts {
  readonly profile: Profile;
  /** Absent: it was not requested. */
  readonly baseline?: NamedBaseline;
}

export interface ChainFactsRequest extends Omit<BaselineOptions, 'is' | 'bombLimit'> {
  /** The endpoint. */
  readonly rpc: string;
  /** Absent: the chain is the parachain itself, or the baseline is not wanted. */
  readonly para?: number;
  readonly wantsBaseline: boolean;
}

/** Rejects with `ChainError`, `ConfigError`, or the signal's reason. */
export async function readChainFacts(chain: ChainReader, request: ChainFactsRequest): Promise<ChainFacts> {
  const { rpc: _, para: id, wantsBaseline, ...options } = request;
  const profile = await chain.limits();
  if (!wantsBaseline) return { profile };
  const para = await findPara(chain, id, '--baseline chain');
  const current = para.codes.find(({ is }) => is === 'current');
  if (current === undefined) throw new ConfigError(`Parachain ${para.id} has no code on ${chain.specName} yet.`);
  const blob = await readCode(chain, para, current);
  return { profile, baseline: await baselineOfBlob(blob, { ...options, is: 'chain', bombLimit: profile.bombLimit }) };
}

/** The codes of one parachain, the one in force first. Rejects like `readChainFacts`. */
export async function readParaCodes(chain: ChainReader, id: number | undefined): Promise<readonly RuntimeBlob[]> {
  const para = await findPara(chain, id, 'No file was given, so');
  if (para.codes.length === 0) throw new ConfigError(`Parachain ${para.id} has no code on ${chain.specName}.`);
  const blobs: RuntimeBlob[] = [];
  for (const code of para.codes) blobs.push(await readCode(chain, para, code));
  return blobs;
}

export async function readCode(
  chain: ChainReader,
  para: ChainPara,
  { is, codeHash }: ChainPara['codes'][number],
): Promise<RuntimeBlob> {
  return blobOfPara(paraSummary(chain, para, is), codeHash, await chain.code(codeHash));
}

export function paraSummary(
  { specName, block: { number, hash } }: Pick<ChainReader, 'specName' | 'block'>,
  { id, upgrade }: ChainPara,
  code: ParaSummary['code'],
): ParaSummary {
  return { id, code, relayChain: specName, block: { number, hash }, upgrade };
}

/** Rejects like `readChainFacts`. @param purpose begins the message that asks for an id */
export async function findPara(chain: ChainReader, id: number | undefined, purpose: string): Promise<ChainPara> {
  const { kind, specName, url } = chain;
  if (id !== undefined) {
    const para = await chain.para(id);
    if (para !== undefined) return para;
    throw new ConfigError(
      kind === 'relay'
        ? `There is no parachain ${id} on ${specName} (${url}). Check --para.`
        : `${url} is not parachain ${id}. Leave --para out, or give the endpoint of the relay chain.`,
    );
  }
  const [own] = kind === 'relay' ? [] : await chain.paras();
  if (own !== undefined) return own;
  throw new ConfigError(`${purpose} needs --para <id>: ${url} is a relay chain with many parachains.`);
}
