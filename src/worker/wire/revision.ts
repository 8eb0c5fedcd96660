/**
 * What prepare workers of different releases speak. There is no protocol number on the wire: the node version that a
 * worker prints is all there is, and it does not decide in every case, hence `revisionsFor` gives candidates.
 * Sources: the published crates polkadot-node-core-pvf-common 5.0.0 to 29.0.0.
 */
import type { Codec } from 'scale-ts';
import { discriminantOf, type ExecutorParam } from '../../polkadot/executor-params.ts';
import { decode } from '../../polkadot/scale.ts';
import { type SecurityStatus, workerHandshake, workerHandshakeOfFourFlags } from './handshake.ts';
import { type PvfPrepData, pvfPrepData, pvfPrepDataWithoutBombLimit } from './request.ts';
import { type PrepareWorkerResult, prepareWorkerResult, type ResponseLayout } from './response.ts';

export interface WireRevision {
  /** The first pvf-common release that speaks so. */
  readonly id: RevisionId;
  /** `arguments`: no frame, the sandbox flags are command-line words. */
  readonly handshake: 'arguments' | 'four-flags' | 'five-flags';
  /** Who takes the zstd layer off, and so applies the bomb limit. */
  readonly decompressedBy: 'host' | 'worker';
  readonly bombLimit: 'sent' | 'not-sent';
  readonly response: Omit<ResponseLayout, 'memory'>;
  /** Highest `ExecutorParam` discriminant that the worker can decode. */
  readonly lastParam: number;
  /** The params that change the artifact (`ExecutorParams::prep_hash`). */
  readonly paramsOfArtifact: ReadonlySet<ExecutorParam['tag']>;
}

export const revisionIds = ['5.0.0', '6.0.0', '8.0.0', '16.0.0', '17.0.1', '20.0.0', '25.0.0', '26.0.0'] as const;
export type RevisionId = (typeof revisionIds)[number];

const untilTwentyFive = new Set<ExecutorParam['tag']>(['MaxMemoryPages', 'StackLogicalMax', 'WasmExtBulkMemory']);
const sinceTwentySix = new Set<ExecutorParam['tag']>(['StackLogicalMax', 'WasmExtBulkMemory']);

const five: WireRevision = {
  id: '5.0.0',
  handshake: 'arguments',
  decompressedBy: 'host',
  bombLimit: 'not-sent',
  response: { checksum: 'none', observedCodeLength: 'absent', jobPid: 'absent' },
  lastParam: 7,
  paramsOfArtifact: untilTwentyFive,
};
const six: WireRevision = {
  ...five,
  id: '6.0.0',
  handshake: 'four-flags',
  response: { checksum: 'hex-text', observedCodeLength: 'absent', jobPid: 'present' },
};
const eight: WireRevision = { ...six, id: '8.0.0', handshake: 'five-flags' };
const sixteen: WireRevision = {
  ...eight,
  id: '16.0.0',
  decompressedBy: 'worker',
  response: { checksum: 'hex-text', observedCodeLength: 'present', jobPid: 'present' },
};
const seventeen: WireRevision = { ...sixteen, id: '17.0.1', bombLimit: 'sent' };
const twenty: WireRevision = {
  ...seventeen,
  id: '20.0.0',
  response: { ...seventeen.response, checksum: 'bytes' },
};
const twentyFive: WireRevision = { ...twenty, id: '25.0.0', lastParam: 8 };
const twentySix: WireRevision = { ...twentyFive, id: '26.0.0', paramsOfArtifact: sinceTwentySix };

const table: Record<RevisionId, WireRevision> = {
  '5.0.0': five,
  '6.0.0': six,
  '8.0.0': eight,
  '16.0.0': sixteen,
  '17.0.1': seventeen,
  '20.0.0': twenty,
  '25.0.0': twentyFive,
  '26.0.0': twentySix,
};

export function revision(id: RevisionId): WireRevision {
  return table[id];
}

type Version = readonly [major: number, minor: number, patch: number];

/** The node version at the start of what `--version` printed; undefined when there is none. */
export function parseNodeVersion(text: string): Version | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text.trim());
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

/** Ranges of node versions, newest first, with the revisions that such a worker may speak, likeliest first. */
const ranges: readonly { readonly from: Version; readonly candidates: readonly RevisionId[] }[] = [
  { from: [1, 26, 0], candidates: ['26.0.0', '20.0.0'] },
  { from: [1, 23, 0], candidates: ['26.0.0'] },
  // 1.22.0 is what both pvf-common 25 and 26 say; on the wire they are the same.
  { from: [1, 22, 0], candidates: ['25.0.0'] },
  { from: [1, 19, 0], candidates: ['20.0.0'] },
  { from: [1, 18, 5], candidates: ['20.0.0'] },
  { from: [1, 18, 1], candidates: ['17.0.1', '20.0.0'] },
  { from: [1, 18, 0], candidates: ['17.0.1'] },
  { from: [1, 17, 0], candidates: ['17.0.1', '16.0.0'] },
  { from: [1, 16, 0], candidates: ['16.0.0'] },
  { from: [1, 7, 0], candidates: ['8.0.0'] },
  { from: [1, 5, 0], candidates: ['6.0.0'] },
  { from: [1, 4, 0], candidates: ['5.0.0'] },
];

/**
 * The revisions to try for a worker of this node version: one where the table is sure, several where a probe has to
 * decide (a version that prints nothing known is probed from the newest down), none when it is too old.
 */
export function revisionsFor(versionText: string): readonly WireRevision[] {
  const version = parseNodeVersion(versionText);
  if (version === undefined) return probeOrder.map(revision);
  const range = ranges.find(({ from }) => compare(version, from) >= 0);
  return (range?.candidates ?? []).map(revision);
}

/** Newest first; 5.0.0 is left out, since a worker of that age wants other arguments and its version is always known. */
const probeOrder: readonly RevisionId[] = ['26.0.0', '17.0.1', '16.0.0', '8.0.0'];

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** The five sandbox flags as the frame payload of this revision; undefined where they are arguments. */
export function encodeHandshake({ handshake }: WireRevision, security: SecurityStatus): Uint8Array | undefined {
  switch (handshake) {
    case 'arguments':
      return undefined;
    case 'four-flags':
      return workerHandshakeOfFourFlags.enc(security);
    case 'five-flags':
      return workerHandshake.enc(security);
  }
}

/** The sandbox flags as command-line words; empty where they go in a frame. */
export function securityArguments({ handshake }: WireRevision, security: SecurityStatus): string[] {
  if (handshake !== 'arguments') return [];
  return [
    ...(security.canEnableLandlock ? ['--can-enable-landlock'] : []),
    ...(security.canEnableSeccomp ? ['--can-enable-seccomp'] : []),
    ...(security.canUnshareUserNamespaceAndChangeRoot ? ['--can-unshare-user-namespace-and-change-root'] : []),
  ];
}

export function encodeRequest(wire: WireRevision, request: PvfPrepData): Uint8Array {
  return wire.bombLimit === 'sent' ? pvfPrepData.enc(request) : pvfPrepDataWithoutBombLimit.enc(request);
}

export function responseCodec(wire: WireRevision, platform: NodeJS.Platform): Codec<PrepareWorkerResult> {
  return prepareWorkerResult({ ...wire.response, memory: platform === 'linux' ? 'linux' : 'peak-only' });
}

/** Throws `WireDecodeError`. Bytes after the value are ignored, as Polkadot's host does; `consumed` tells of them. */
export function decodeResponse(
  wire: WireRevision,
  platform: NodeJS.Platform,
  payload: Uint8Array,
): { value: PrepareWorkerResult; consumed: number } {
  return decode(responseCodec(wire, platform), payload, `prepare result of wire revision ${wire.id}`);
}

/** Splits the params into those that the worker can decode and those that would make it drop the request. */
export function paramsFor(
  wire: WireRevision,
  params: readonly ExecutorParam[],
): { known: ExecutorParam[]; unknown: ExecutorParam[] } {
  const isKnown = (param: ExecutorParam) => discriminantOf(param) <= wire.lastParam;
  return { known: params.filter(isKnown), unknown: params.filter((param) => !isKnown(param)) };
}
