import { readFile } from 'node:fs/promises';
import { arch, cpus } from 'node:os';
import { toHex } from '../../base/bytes.ts';
import { blake2b256 } from '../../base/hash.ts';
import { type ExecutorParam, prepHash } from '../../polkadot/executor-params.ts';
import type { PrepKind } from '../wire/request.ts';
import type { WireRevision } from '../wire/revision.ts';

/** Everything that affects the bytes of an artifact, and how thoroughly it was checked. */
export interface ArtifactInputs {
  /** 32 bytes. */
  readonly codeHash: Uint8Array;
  readonly executorParams: readonly ExecutorParam[];
  /** Pre-checking also checks the imports, so it can't reuse the artifact of a compilation. */
  readonly kind: PrepKind;
  readonly revision: WireRevision;
  /** Identifies one worker binary. */
  readonly workerIdentity: string;
  /** Wasmtime compiles for the CPU it runs on. See `cpuFeatures`. */
  readonly cpuFeatures: string;
}

/**
 * Params that don't change the artifact but may change the answer: a StackNativeMax of 0 prevents the creation of an engine,
 * and EnabledHostFunction adds a host function that a runtime may import.
 */
const checkedParams = ['StackNativeMax', 'EnabledHostFunction'] as const;

/**
 * The key of an artifact in the store, 64 hex digits. Polkadot's `ArtifactId` has only the code hash and the prep hash
 * (protocol, 5.6), because a node has one worker and one CPU, and accepts any artifact for a pre-check.
 */
export function artifactKey(inputs: ArtifactInputs): string {
  const { codeHash, executorParams, kind, revision, workerIdentity, cpuFeatures } = inputs;
  const text = (value: string) => blake2b256(new TextEncoder().encode(value));
  const params = prepHash(executorParams, new Set([...revision.paramsOfArtifact, ...checkedParams]));
  return toHex(blake2b256(codeHash, params, text(kind), text(workerIdentity), text(cpuFeatures))).slice(2);
}

/** What an artifact's bytes depend on besides the worker: the CPU's feature flags on Linux, its model elsewhere. */
export async function cpuFeatures(): Promise<string> {
  const info = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  const flags = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(info)?.[1];
  return `${arch()} ${flags ?? cpus()[0]?.model ?? 'unknown'}`;
}
