/** What a parachain knows of its relay chain, and of its own upgrade. */
import { omitUndefined } from '../../base/omit-undefined.ts';
import { isObject } from '../../limits/host-configuration.ts';
import { readHostConfiguration } from '../../limits/host-configuration-values.ts';
import { BOMB_FACTOR } from '../../limits/profile-schema.ts';
import type { UpgradeStatus } from '../../model/report.ts';
import type { ChainPara } from '../chain-reader.ts';
import { checkedCode, codeHashOf, codesOf } from './codes.ts';
import { goAheadOf, whole } from './decoded.ts';
import type { OpenedChain, ParachainPallets } from './open.ts';
import { failOnValue, otherEndpoint, ReadFailure } from './read-failure.ts';
import type { ChainLimits } from './relay-limits.ts';

/** `:code` */
const CODE_KEY = '0x3a636f6465';

export async function parachainLimits({ runtime }: OpenedChain, { system }: ParachainPallets): Promise<ChainLimits> {
  const place = `${system}.HostConfiguration`;
  const [config, validation, relayNumber] = await Promise.all([
    runtime.value([system, 'HostConfiguration']),
    runtime.value([system, 'ValidationData']),
    runtime.value([system, 'LastRelayChainBlockNumber']),
  ]);
  if (!isObject(config)) {
    throw new ReadFailure(
      `${place} has no value, because the parachain has not seen its relay chain in this block`,
      'Give the address of a node of the relay chain',
    );
  }
  const host = readHostConfiguration({ path: place, value: config }, failOnValue);
  const data = isObject(validation) ? validation : {};
  const maxPovSize = 'max_pov_size' in data ? whole(data['max_pov_size'], `${system}.ValidationData`) : undefined;
  const relayBlock = relayNumber === undefined ? undefined : whole(relayNumber, `${system}.LastRelayChainBlockNumber`);
  return {
    ...host,
    ...omitUndefined({ maxPovSize }),
    bombLimit: Math.min(host.maxCodeSize * BOMB_FACTOR, 0xffff_ffff),
    executorParams: [],
    pending: [],
    notes: [
      `read from a parachain${relayBlock === undefined ? '' : `, as of relay block ${relayBlock}`}: its state has only a part of the relay chain's limits`,
      `a parachain does not know the bomb limit: taken as ${BOMB_FACTOR} times max_code_size (polkadot-sdk PR 7760)`,
      'a parachain does not know the executor params: taken as the defaults',
      'a parachain does not know the block length, the voting TTL, the session, and scheduled changes',
    ],
  };
}

export async function parachainItself(chain: OpenedChain, pallets: ParachainPallets): Promise<ChainPara> {
  const { runtime } = chain;
  const { system, info } = pallets;
  const [id, current, pending, goAhead, restriction] = await Promise.all([
    runtime.value([info, 'ParachainId']),
    ownCode(chain),
    pendingCode(chain, pallets),
    runtime.value([system, 'UpgradeGoAhead']),
    runtime.value([system, 'UpgradeRestrictionSignal']),
  ]);
  const upgrade: UpgradeStatus = omitUndefined({
    currentCodeHash: codeHashOf(current),
    futureCodeHash: pending && codeHashOf(pending),
    goAhead: isNone(goAhead) ? undefined : goAheadOf(goAhead, `${system}.UpgradeGoAhead`),
    isRestricted: isNone(restriction) ? undefined : (true as const),
  });
  return { id: whole(id, `${info}.ParachainId`), upgrade, codes: codesOf(upgrade) };
}

export async function parachainCode(
  chain: OpenedChain,
  pallets: ParachainPallets,
  codeHash: string,
): Promise<Uint8Array> {
  const codes = await Promise.all([ownCode(chain), pendingCode(chain, pallets)]);
  return checkedCode(
    codes.find((code) => code !== undefined && codeHashOf(code) === codeHash),
    codeHash,
  );
}

async function ownCode({ state }: OpenedChain): Promise<Uint8Array> {
  const code = await state.value(CODE_KEY);
  if (code === undefined) throw new ReadFailure('the state of the chain has no :code', otherEndpoint);
  return code;
}

/** The code that waits for the go-ahead of the relay chain. */
async function pendingCode({ runtime }: OpenedChain, { system }: ParachainPallets): Promise<Uint8Array | undefined> {
  const value = await runtime.value([system, 'PendingValidationCode']);
  return value instanceof Uint8Array && value.length > 0 ? value : undefined;
}

/** An `Option` without a value. */
function isNone(value: unknown): boolean {
  return value === undefined || value === null;
}
