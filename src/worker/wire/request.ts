/** `PvfPrepData`: the only request that a prepare worker accepts. */
import { Bytes, type Codec, Struct, u32 } from 'scale-ts';
import { type ExecutorParam, executorParams } from '../../polkadot/executor-params.ts';
import { type Duration, duration, fieldless } from '../../polkadot/scale.ts';

export type PrepKind = 'Compilation' | 'Prechecking';

/** Source: polkadot-node-core-pvf-common 29.0.0 `pvf.rs`. */
export interface PvfPrepData {
  /** The blob as on chain: raw wasm, or magic and zstd. */
  readonly maybeCompressedCode: Uint8Array;
  /** Maximum length after decompression, in bytes. Ignored for uncompressed code. */
  readonly validationCodeBombLimit: number;
  /** 32 bytes: blake2b-256 of `maybeCompressedCode`. The worker does not check it. */
  readonly codeHash: Uint8Array;
  readonly executorParams: ExecutorParam[];
  /** CPU time. */
  readonly prepTimeout: Duration;
  readonly prepKind: PrepKind;
}

const membersAfterLimit = {
  codeHash: Bytes(32),
  executorParams,
  prepTimeout: duration,
  prepKind: fieldless(['Compilation', 'Prechecking']),
};

/** pvf-common 17.0.1 and later. */
export const pvfPrepData: Codec<PvfPrepData> = Struct({
  maybeCompressedCode: Bytes(),
  validationCodeBombLimit: u32,
  ...membersAfterLimit,
});

/** Up to pvf-common 17.0.0. */
export const pvfPrepDataWithoutBombLimit: Codec<Omit<PvfPrepData, 'validationCodeBombLimit'>> = Struct({
  maybeCompressedCode: Bytes(),
  ...membersAfterLimit,
});
