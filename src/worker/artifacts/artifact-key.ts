import { toHex } from '../../base/bytes.ts';
import { blake2b256 } from '../../base/hash.ts';
import { type ExecutorParam, prepHash } from '../../polkadot/executor-params.ts';
import type { PrepKind } from '../wire/request.ts';
import type { WireRevision } from '../wire/revision.ts';

/** All that decides the bytes of an artifact, and how well they were checked. */
export interface ArtifactInputs {
  /** 32 bytes. */
  readonly codeHash: Uint8Array;
  readonly executorParams: readonly ExecutorParam[];
  /** Pre-checking looks at the imports too, so an artifact of a mere compilation does not answer it. */
  readonly kind: PrepKind;
  readonly revision: WireRevision;
  /** Names one worker binary: see `WorkerIdentity`. */
  readonly workerIdentity: string;
  /** Wasmtime compiles for the CPU that it runs on. */
  readonly cpuFeatures: string;
}

/**
 * Params that do not change the artifact, but may change the answer: with StackNativeMax 0 there is no engine, and
 * EnabledHostFunction says what the imports are checked against.
 */
const paramsOfChecks = ['StackNativeMax', 'EnabledHostFunction'] as const;

/**
 * The name under which an artifact is kept, 64 hex digits. Polkadot's `ArtifactId` is the code hash and the prep hash
 * alone (protocol, 5.6): a node has one worker and one CPU, and lets any artifact satisfy a pre-check.
 */
export function artifactKey(inputs: ArtifactInputs): string {
  const { codeHash, executorParams, kind, revision, workerIdentity, cpuFeatures } = inputs;
  const text = (value: string) => blake2b256(new TextEncoder().encode(value));
  const params = prepHash(executorParams, new Set([...revision.paramsOfArtifact, ...paramsOfChecks]));
  return toHex(blake2b256(codeHash, params, text(kind), text(workerIdentity), text(cpuFeatures))).slice(2);
}
