import { toHex } from '../../base/bytes.ts';
import { blake2b256 } from '../../base/hash.ts';
import { type ExecutorParam, prepHash } from '../../polkadot/executor-params.ts';
import type { PrepKind } from '../wire/request.ts';
import type { WireRevision } from '../wire/revision.ts';

/** Everything that decides the bytes of an artifact, and how thoroughly it was checked. */
export interface ArtifactInputs {
  /** 32 bytes. */
  readonly codeHash: Uint8Array;
  readonly executorParams: readonly ExecutorParam[];
  /** Pre-checking also checks the imports, so the artifact of a compilation is no answer to it. */
  readonly kind: PrepKind;
  readonly revision: WireRevision;
  /** Identifies one worker binary. */
  readonly workerIdentity: string;
  /** Wasmtime compiles for the CPU that it runs on. */
  readonly cpuFeatures: string;
}

/**
 * Params that do not change the artifact, but may change the answer: with a StackNativeMax of 0 no engine can be made, and
 * EnabledHostFunction adds to the host functions that a runtime may import.
 */
const paramsOfChecks = ['StackNativeMax', 'EnabledHostFunction'] as const;

/**
 * The key of an artifact in the store, 64 hex digits. Polkadot's `ArtifactId` consists of the code hash and the prep hash
 * (protocol, 5.6), because a node has one worker and one CPU, and accepts any artifact for a pre-check.
 */
export function artifactKey(inputs: ArtifactInputs): string {
  const { codeHash, executorParams, kind, revision, workerIdentity, cpuFeatures } = inputs;
  const text = (value: string) => blake2b256(new TextEncoder().encode(value));
  const params = prepHash(executorParams, new Set([...revision.paramsOfArtifact, ...paramsOfChecks]));
  return toHex(blake2b256(codeHash, params, text(kind), text(workerIdentity), text(cpuFeatures))).slice(2);
}
