/**
 * The wire revisions of prepare workers. The wire carries no protocol number. Only the node version that a worker prints
 * identifies its revision, and some versions are ambiguous, so `revisionsFor` returns candidates.
 * To add a revision, add a row to `rows` and its name to revision-id.ts. Add a layout to request.ts or response.ts only if it is new.
 * Sources: the published crates polkadot-node-core-pvf-common 5.0.0 to 29.0.0.
 */
import type { Codec } from 'scale-ts';
import { type ExecutorParam, executorParamCode } from '../../polkadot/executor-params.ts';
import { decode } from '../../polkadot/scale.ts';
import { type SecurityStatus, workerHandshake, workerHandshakeOfFourFlags } from './handshake.ts';
import { type PvfPrepData, pvfPrepData, pvfPrepDataWithoutBombLimit } from './request.ts';
import { type PrepareWorkerResult, prepareWorkerResult, type ResponseLayout } from './response.ts';
import type { RevisionId } from './revision-id.ts';

interface WireLayout {
  /** `arguments`: no frame; the sandbox flags are command-line arguments. */
  readonly handshake: 'arguments' | 'four-flags' | 'five-flags';
  /** The side that decompresses the code and applies the bomb limit. */
  readonly decompressedBy: 'host' | 'worker';
  readonly bombLimit: 'sent' | 'not-sent';
  readonly response: Omit<ResponseLayout, 'memory'>;
  /** The worker can decode this executor param and those with a lower discriminant. */
  readonly lastParam: ExecutorParam['tag'];
  /** The params that change the artifact (`ExecutorParams::prep_hash`). */
  readonly paramsOfArtifact: ReadonlySet<ExecutorParam['tag']>;
}

export interface WireRevision extends WireLayout {
  /** The first pvf-common release that uses it. */
  readonly id: RevisionId;
}

type Version = readonly [major: number, minor: number, patch: number];

interface Row extends WireLayout {
  readonly id: RevisionId;
  /** The first node version whose workers use this revision, up to that of the next row. */
  readonly from: Version;
  /** Other node versions whose workers may use it too. */
  readonly possible?: readonly { readonly from: Version; readonly before: Version }[];
}

const ANY_LATER: Version = [Number.POSITIVE_INFINITY, 0, 0];

const withoutMemoryPages = new Set<ExecutorParam['tag']>(['StackLogicalMax', 'WasmExtBulkMemory']);
const withMemoryPages = new Set<ExecutorParam['tag']>(['MaxMemoryPages', ...withoutMemoryPages]);

/** Oldest first. */
const rows = [
  {
    id: '5.0.0',
    from: [1, 4, 0],
    handshake: 'arguments',
    decompressedBy: 'host',
    bombLimit: 'not-sent',
    response: { checksum: 'none', observedCodeLength: 'absent', jobPid: 'absent' },
    lastParam: 'WasmExtBulkMemory',
    paramsOfArtifact: withMemoryPages,
  },
  {
    id: '6.0.0',
    from: [1, 5, 0],
    handshake: 'four-flags',
    decompressedBy: 'host',
    bombLimit: 'not-sent',
    response: { checksum: 'hex-text', observedCodeLength: 'absent', jobPid: 'present' },
    lastParam: 'WasmExtBulkMemory',
    paramsOfArtifact: withMemoryPages,
  },
  {
    id: '8.0.0',
    from: [1, 7, 0],
    handshake: 'five-flags',
    decompressedBy: 'host',
    bombLimit: 'not-sent',
    response: { checksum: 'hex-text', observedCodeLength: 'absent', jobPid: 'present' },
    lastParam: 'WasmExtBulkMemory',
    paramsOfArtifact: withMemoryPages,
  },
  {
    id: '16.0.0',
    from: [1, 16, 0],
    possible: [{ from: [1, 17, 0], before: [1, 18, 0] }],
    handshake: 'five-flags',
    decompressedBy: 'worker',
    bombLimit: 'not-sent',
    response: { checksum: 'hex-text', observedCodeLength: 'present', jobPid: 'present' },
    lastParam: 'WasmExtBulkMemory',
    paramsOfArtifact: withMemoryPages,
  },
  {
    id: '17.0.1',
    from: [1, 17, 0],
    handshake: 'five-flags',
    decompressedBy: 'worker',
    bombLimit: 'sent',
    response: { checksum: 'hex-text', observedCodeLength: 'present', jobPid: 'present' },
    lastParam: 'WasmExtBulkMemory',
    paramsOfArtifact: withMemoryPages,
  },
  {
    id: '20.0.0',
    from: [1, 18, 5],
    possible: [
      { from: [1, 18, 1], before: [1, 18, 5] },
      // Newer than any known release.
      { from: [1, 26, 0], before: ANY_LATER },
    ],
    handshake: 'five-flags',
    decompressedBy: 'worker',
    bombLimit: 'sent',
    response: { checksum: 'bytes', observedCodeLength: 'present', jobPid: 'present' },
    lastParam: 'WasmExtBulkMemory',
    paramsOfArtifact: withMemoryPages,
  },
  {
    id: '25.0.0',
    // Workers built with pvf-common 25 and with 26 both print 1.22.0. The wire is the same.
    from: [1, 22, 0],
    handshake: 'five-flags',
    decompressedBy: 'worker',
    bombLimit: 'sent',
    response: { checksum: 'bytes', observedCodeLength: 'present', jobPid: 'present' },
    lastParam: 'EnabledHostFunction',
    paramsOfArtifact: withMemoryPages,
  },
  {
    id: '26.0.0',
    from: [1, 23, 0],
    handshake: 'five-flags',
    decompressedBy: 'worker',
    bombLimit: 'sent',
    response: { checksum: 'bytes', observedCodeLength: 'present', jobPid: 'present' },
    lastParam: 'EnabledHostFunction',
    paramsOfArtifact: withoutMemoryPages,
  },
] as const satisfies readonly Row[];

const newestFirst: readonly (Row & WireRevision)[] = rows.toReversed();

export function revision(id: RevisionId): WireRevision {
  const found = newestFirst.find((one) => one.id === id);
  if (found === undefined) throw new RangeError(`there is no wire revision ${id}`);
  return found;
}

/** Parses the node version at the start of the output of `--version`; undefined when there is none. */
export function parseNodeVersion(text: string): Version | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text.trim());
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

/**
 * The revisions that a worker of this node version may use, most likely first: one when the version is unambiguous, several
 * when a probe must decide, none when the worker is too old. For a text without a version: all that a probe can distinguish.
 */
export function revisionsFor(versionText: string): readonly WireRevision[] {
  const version = parseNodeVersion(versionText);
  if (version === undefined) return probeOrder;
  const usual = newestFirst.find(({ from }) => isFrom(version, from));
  const others = newestFirst.filter(({ possible }) =>
    possible?.some(({ from, before }) => isFrom(version, from) && !isFrom(version, before)),
  );
  return usual === undefined ? others : [usual, ...others];
}

/**
 * Newest first. Without revisions that a probe can't distinguish from a newer one (a worker for four flags ignores the fifth),
 * and without those with command-line flags, whose version is always known.
 */
const probeOrder: readonly WireRevision[] = newestFirst.filter((one, at) => {
  const looksAlike = (newer: WireRevision) => probedParts(newer) === probedParts(one);
  return one.handshake !== 'arguments' && !newestFirst.slice(0, at).some(looksAlike);
});

function probedParts({ bombLimit, response }: WireRevision): string {
  return JSON.stringify([bombLimit, response]);
}

function isFrom(version: Version, from: Version): boolean {
  return (version[0] - from[0] || version[1] - from[1] || version[2] - from[2]) >= 0;
}

/** Encodes the payload of the handshake frame; undefined where the flags are arguments. */
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

/** The sandbox flags as command-line arguments; empty where they are in a frame. */
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

/** Ignores bytes after the value, as Polkadot's host does. `consumed` excludes them. Throws `WireDecodeError`. */
export function decodeResponse(
  wire: WireRevision,
  platform: NodeJS.Platform,
  payload: Uint8Array,
): { value: PrepareWorkerResult; consumed: number } {
  return decode(responseCodec(wire, platform), payload, `prepare result of wire revision ${wire.id}`);
}

/** Splits the params into those that the worker can decode and those that would make it reject the request. */
export function paramsFor(
  wire: WireRevision,
  params: readonly ExecutorParam[],
): { known: ExecutorParam[]; unknown: ExecutorParam[] } {
  const isKnown = ({ tag }: ExecutorParam) => executorParamCode(tag) <= executorParamCode(wire.lastParam);
  return { known: params.filter(isKnown), unknown: params.filter((param) => !isKnown(param)) };
}
