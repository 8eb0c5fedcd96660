/** Made-up chains for `startFakeNode`. */
import { metadataOf, type RuntimeSpec, Types } from './chain-metadata.ts';
import type { FakeChain } from './fake-node.ts';

export const hostConfiguration = {
  max_code_size: 3 * 1024 * 1024,
  max_pov_size: 5 * 1024 * 1024,
  validation_upgrade_cooldown: 14_400,
  validation_upgrade_delay: 600,
  minimum_validation_upgrade_delay: 5,
  pvf_voting_ttl: 2,
  executor_params: [{ type: 'MaxMemoryPages', value: 8192 }] as readonly unknown[],
};

const session = 7;

export interface RelayOptions {
  /** The variants of `ExecutorParam`. */
  readonly unknownParam?: boolean;
  /** Runtimes before 2025 do not have it. */
  readonly hasBombLimit?: boolean;
  readonly hasSessionParams?: boolean;
  readonly hasBlockLength?: boolean;
  /** `PendingConfigs` has entries of no size. */
  readonly hasEmptyConfigs?: boolean;
}

/** What the relay chain's runtime has. */
export function relayMetadata(options: RelayOptions = {}): Uint8Array {
  const {
    unknownParam = false,
    hasBombLimit = true,
    hasSessionParams = true,
    hasBlockLength = true,
    hasEmptyConfigs = false,
  } = options;
  const types = new Types();
  const { u32, u64, hash, bits, bytes } = types;
  const params = types.list(
    types.variants({
      MaxMemoryPages: u32,
      PvfPrepTimeout: types.tuple(types.variants({ Precheck: undefined, Prepare: undefined }), u64),
      PrecheckingMaxMemory: u64,
      WasmExtBulkMemory: undefined,
      ...(unknownParam && { FuelPerBlock: u64 }),
    }),
  );
  const config = types.struct({
    ...Object.fromEntries(Object.keys(hostConfiguration).map((name) => [name, u32])),
    executor_params: params,
  });
  const vote = types.struct({
    votes_accept: bits,
    votes_reject: bits,
    age: u32,
    created_at: u32,
    causes: types.list(types.variants({ Onboarding: u32, Upgrade: { id: u32, included_at: u32 } })),
  });
  const map = (value: number, key = u32) => ({ key, value });
  const emptyList = Uint8Array.of(0);
  const pairs = { value: types.list(types.tuple(u32, u32)), fallback: emptyList };
  const perClass = types.struct({ normal: u32, operational: u32, mandatory: u32 });
  const spec: RuntimeSpec = {
    types,
    pallets: {
      System: hasBlockLength ? { constants: { BlockLength: { type: perClass, value: blockLength } } } : {},
      Configuration: {
        storage: {
          ActiveConfig: { value: config, fallback: new Uint8Array(6 * 4 + 1) },
          PendingConfigs: {
            value: types.list(hasEmptyConfigs ? types.unit : types.tuple(u32, config)),
            fallback: emptyList,
          },
        },
      },
      Paras: {
        storage: {
          Parachains: { value: types.list(u32), fallback: emptyList },
          CurrentCodeHash: map(hash),
          FutureCodeHash: map(hash),
          FutureCodeUpgrades: map(u32),
          UpgradeGoAheadSignal: map(types.variants({ Abort: undefined, GoAhead: undefined })),
          UpgradeRestrictionSignal: map(types.variants({ Present: undefined })),
          UpgradeCooldowns: pairs,
          PvfActiveVoteMap: map(vote, hash),
          CodeByHash: map(bytes, hash),
        },
      },
    },
    apis: {
      ParachainHost: {
        session_index_for_child: { inputs: [], output: u32 },
        ...(hasBombLimit && { validation_code_bomb_limit: { inputs: [], output: u32 } }),
        ...(hasSessionParams && { session_executor_params: { inputs: [u32], output: types.option(params) } }),
      },
    },
  };
  return metadataOf(spec);
}

/** 3.75, 5 and 5 MiB. */
const blockLength = new Uint8Array(Uint32Array.of(3_932_160, 5_242_880, 5_242_880).buffer);

/** A relay chain in session 7 without parachains. `values`, `calls`: added, or in place of those with the same name. */
export function relayChain({ values = [], calls, ...others }: Partial<FakeChain> & RelayOptions = {}): FakeChain {
  const { hasBombLimit = true, hasSessionParams = true } = others;
  return {
    metadata: relayMetadata(others),
    ...others,
    values: [['Configuration.ActiveConfig', [], hostConfiguration], ...values],
    calls: {
      'ParachainHost.session_index_for_child': session,
      ...(hasBombLimit && { 'ParachainHost.validation_code_bomb_limit': 10 * hostConfiguration.max_code_size }),
      ...(hasSessionParams && { 'ParachainHost.session_executor_params': hostConfiguration.executor_params }),
      ...calls,
    },
  };
}

export function parachainMetadata(): Uint8Array {
  const types = new Types();
  const { u32, bytes } = types;
  return metadataOf({
    types,
    pallets: {
      ParachainSystem: {
        storage: {
          HostConfiguration: {
            value: types.struct({
              max_code_size: u32,
              validation_upgrade_cooldown: u32,
              validation_upgrade_delay: u32,
            }),
          },
          ValidationData: { value: types.struct({ relay_parent_number: u32, max_pov_size: u32 }) },
          LastRelayChainBlockNumber: { value: u32, fallback: new Uint8Array(4) },
          UpgradeRestrictionSignal: {
            value: types.option(types.variants({ Present: undefined })),
            fallback: Uint8Array.of(0),
          },
          UpgradeGoAhead: {
            value: types.option(types.variants({ Abort: undefined, GoAhead: undefined })),
            fallback: Uint8Array.of(0),
          },
          PendingValidationCode: { value: bytes, fallback: Uint8Array.of(0) },
        },
      },
      ParachainInfo: { storage: { ParachainId: { value: u32, fallback: Uint8Array.of(100, 0, 0, 0) } } },
    },
  });
}

export function soloMetadata(): Uint8Array {
  const types = new Types();
  return metadataOf({ types, pallets: { Balances: { storage: { Total: { value: types.u32 } } } } });
}
