/** Turns what a test says about a relay chain or a parachain into storage, as the pallets of the runtime write it. */
import { blake2b } from '@noble/hashes/blake2.js';
import { toHex } from '../../src/base/bytes.ts';
import type { ChainStorage, StorageItem } from './chain-storage.ts';

/** Members by the chain's names, values as polkadot-api shapes them: `{ max_code_size: 1_000_000 }`. */
export type ConfigMembers = Readonly<Record<string, unknown>>;

/** As polkadot-api shapes it: `{ type: 'PvfPrepTimeout', value: [{ type: 'Precheck' }, 60_000n] }`. */
export interface RelayExecutorParam {
  readonly type: string;
  readonly value?: unknown;
}

/** What differs from the genesis. */
export interface RelayState {
  readonly session?: number;
  /** Of `Configuration.ActiveConfig`. */
  readonly activeConfig?: ConfigMembers;
  /** `Configuration.PendingConfigs`. `config` is what differs from the active one. */
  readonly pendingConfigs?: readonly { readonly session: number; readonly config: ConfigMembers }[];
  /** Of the current session (`ParaSessionInfo.SessionExecutorParams`). The active config may have others. */
  readonly executorParams?: readonly RelayExecutorParam[];
  /** Number of active validators. Default with a vote: 10. */
  readonly validators?: number;
  /** In place of the parachains of the genesis. */
  readonly paras?: readonly RelayPara[];
}

/**
 * A parachain. Steps of its upgrade: `future` with `restricted`, `cooldownUntil` and `vote` while validators vote; with
 * `enactedAt` once they have accepted it; with `goAhead` once that block has come.
 */
export interface RelayPara {
  readonly id: number;
  readonly code: Uint8Array;
  readonly future?: Uint8Array;
  /** On `future`, else on `code`, which is an onboarding. */
  readonly vote?: { readonly accept: number; readonly reject: number; readonly age?: number };
  /** Relay block. */
  readonly enactedAt?: number;
  readonly goAhead?: 'GoAhead' | 'Abort';
  readonly restricted?: boolean;
  /** Relay block. */
  readonly cooldownUntil?: number;
}

/** What the chain has now, needed for members that stay. */
export interface RelayBefore {
  readonly session: number;
  readonly activeConfig: ConfigMembers;
}

/** Throws for a member that the chain's configuration lacks, and for more votes than validators. */
export function relayItems(state: RelayState, before: RelayBefore, storage: ChainStorage): StorageItem[] {
  const { session = before.session, executorParams, paras = [] } = state;
  const validators = state.validators ?? (paras.some(({ vote }) => vote) ? 10 : undefined);
  const activeConfig = changed(before.activeConfig, state.activeConfig ?? {});
  const items: StorageItem[] = [];
  const put = (pallet: string, entry: string, keys: readonly unknown[], value: unknown) => {
    items.push(storage.item(pallet, entry, keys, value));
  };
  if (state.activeConfig) put('Configuration', 'ActiveConfig', [], activeConfig);
  const pending = state.pendingConfigs?.map((next) => [next.session, changed(activeConfig, next.config)]);
  if (pending) put('Configuration', 'PendingConfigs', [], pending);
  if (state.session !== undefined) {
    put('ParasShared', 'CurrentSessionIndex', [], session);
    put('Session', 'CurrentIndex', [], session);
  }
  if (executorParams) put('ParaSessionInfo', 'SessionExecutorParams', [session], executorParams);
  if (validators !== undefined) {
    const numbers = Array.from({ length: validators }, (_, index) => index);
    put('ParasShared', 'ActiveValidatorIndices', [], numbers);
    put('ParasShared', 'ActiveValidatorKeys', [], numbers.map(validatorKey));
  }
  return state.paras ? [...items, ...paraItems(paras, validators ?? 0, storage)] : items;
}

function changed(config: ConfigMembers, members: ConfigMembers): ConfigMembers {
  const unknown = Object.keys(members).filter((name) => !(name in config));
  if (unknown.length > 0) throw new Error(`the chain's HostConfiguration has no ${unknown.join(', ')}`);
  return { ...config, ...members };
}

function validatorKey(index: number): string {
  return toHex(new Uint8Array(32).fill(index + 1));
}

function paraItems(paras: readonly RelayPara[], validators: number, storage: ChainStorage): StorageItem[] {
  const items = parasEntries.map((entry) => storage.removal('Paras', entry));
  const put = (entry: ParasEntry, keys: readonly unknown[], value: unknown) => {
    items.push(storage.item('Paras', entry, keys, value));
  };
  const ids = paras.map(({ id }) => id).sort((a, b) => a - b);
  put('Parachains', [], ids);
  for (const id of ids) {
    put('ParaLifecycles', [id], { type: 'Parachain' });
    put('Heads', [id], new Uint8Array(32));
  }
  for (const para of paras) putUpgrade(para, put);
  put('UpgradeCooldowns', [], pairs(paras, 'cooldownUntil'));
  put('UpcomingUpgrades', [], pairs(paras, 'enactedAt'));
  for (const [codeHash, { code, uses }] of codesOf(paras)) {
    put('CodeByHash', [codeHash], code);
    put('CodeByHashRefs', [codeHash], uses);
  }
  const votes = votesOf(paras, validators);
  put('PvfActiveVoteList', [], [...votes.keys()].sort());
  for (const [codeHash, vote] of votes) put('PvfActiveVoteMap', [codeHash], vote);
  return items;
}

type ParasEntry = (typeof parasEntries)[number];

/** All that the functions here write. */
const parasEntries = [
  'Parachains',
  'ParaLifecycles',
  'Heads',
  'CurrentCodeHash',
  'FutureCodeHash',
  'FutureCodeUpgrades',
  'UpcomingUpgrades',
  'UpgradeGoAheadSignal',
  'UpgradeRestrictionSignal',
  'UpgradeCooldowns',
  'CodeByHash',
  'CodeByHashRefs',
  'PvfActiveVoteList',
  'PvfActiveVoteMap',
] as const;

function putUpgrade(
  { id, code, future, enactedAt, goAhead, restricted }: RelayPara,
  put: (entry: ParasEntry, keys: readonly unknown[], value: unknown) => void,
): void {
  put('CurrentCodeHash', [id], codeHashOf(code));
  if (future) put('FutureCodeHash', [id], codeHashOf(future));
  if (enactedAt !== undefined) put('FutureCodeUpgrades', [id], enactedAt);
  if (goAhead) put('UpgradeGoAheadSignal', [id], { type: goAhead });
  if (restricted) put('UpgradeRestrictionSignal', [id], { type: 'Present' });
}

/** Para id and block, by block, as the runtime keeps them. */
function pairs(paras: readonly RelayPara[], member: 'cooldownUntil' | 'enactedAt'): [number, number][] {
  return paras
    .flatMap(({ id, [member]: block }): [number, number][] => (block === undefined ? [] : [[id, block]]))
    .sort(([, a], [, b]) => a - b);
}

function codesOf(paras: readonly RelayPara[]): Map<string, { readonly code: Uint8Array; readonly uses: number }> {
  const codes = new Map<string, { code: Uint8Array; uses: number }>();
  for (const code of paras.flatMap((para) => (para.future ? [para.code, para.future] : [para.code]))) {
    const codeHash = codeHashOf(code);
    codes.set(codeHash, { code, uses: (codes.get(codeHash)?.uses ?? 0) + 1 });
  }
  return codes;
}

function votesOf(paras: readonly RelayPara[], validators: number): Map<string, unknown> {
  return new Map(
    paras.flatMap(({ id, code, future, vote }) => {
      if (!vote) return [];
      const { accept, reject, age = 0 } = vote;
      if (accept + reject > validators) throw new Error(`para ${id} has more votes than the ${validators} validators`);
      const bits = (from: number, count: number) =>
        Array.from({ length: validators }, (_, index) => (index >= from && index < from + count ? 1 : 0));
      // Older runtimes name the block relay_parent_number.
      const upgrade = { id, included_at: 0, relay_parent_number: 0, set_go_ahead: { type: 'Yes' } };
      const cause = future ? { type: 'Upgrade', value: upgrade } : { type: 'Onboarding', value: id };
      const state = { age, created_at: 0, causes: [cause] };
      const entry = { ...state, votes_accept: bits(0, accept), votes_reject: bits(accept, reject) };
      return [[codeHashOf(future ?? code), entry] as const];
    }),
  );
}

function codeHashOf(code: Uint8Array): string {
  return toHex(blake2b(code, { dkLen: 32 }));
}

/** What a parachain knows of its relay chain, and of its upgrade. */
export interface ParachainState {
  readonly id?: number;
  /** `ParachainSystem.HostConfiguration`, the part of the relay chain's that a parachain sees. Absent: none is known. */
  readonly hostConfig?: ConfigMembers;
  readonly restricted?: boolean;
  readonly goAhead?: 'GoAhead' | 'Abort';
  /** `PendingValidationCode`: an upgrade that waits for the relay chain. */
  readonly pendingCode?: Uint8Array;
  readonly lastRelayBlock?: number;
}

export function parachainItems(state: ParachainState, storage: ChainStorage): StorageItem[] {
  const { id, hostConfig, restricted, goAhead, pendingCode, lastRelayBlock } = state;
  const items: StorageItem[] = [];
  const put = (entry: string, value: unknown, pallet = 'ParachainSystem') => {
    if (value !== undefined) items.push(storage.item(pallet, entry, [], value));
  };
  put('ParachainId', id, 'ParachainInfo');
  put('HostConfiguration', hostConfig && { ...minimalHostConfig, ...hostConfig });
  put('UpgradeRestrictionSignal', restricted ? { type: 'Present' } : undefined);
  put('UpgradeGoAhead', goAhead && { type: goAhead });
  put('PendingValidationCode', pendingCode);
  put('LastRelayChainBlockNumber', lastRelayBlock);
  return items;
}

/** `AbridgedHostConfiguration` has these members; the values are those of Polkadot. */
const minimalHostConfig: ConfigMembers = {
  max_code_size: 3_145_728,
  max_head_data_size: 20_480,
  max_upward_queue_count: 174_762,
  max_upward_queue_size: 1_048_576,
  max_upward_message_size: 65_531,
  max_upward_message_num_per_candidate: 16,
  hrmp_max_message_num_per_candidate: 10,
  validation_upgrade_cooldown: 14_400,
  validation_upgrade_delay: 600,
  async_backing_params: { max_candidate_depth: 3, allowed_ancestry_len: 2 },
};
