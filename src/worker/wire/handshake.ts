/** `WorkerHandshake`: what the host tells a fresh worker about the sandbox. The worker sends nothing back. */
import { bool, type Codec, Struct } from 'scale-ts';

/** Source: polkadot-node-core-pvf-common 29.0.0 `SecurityStatus`; the order is that of the wire. */
export interface SecurityStatus {
  readonly secureValidatorMode: boolean;
  readonly canEnableLandlock: boolean;
  readonly canEnableSeccomp: boolean;
  readonly canUnshareUserNamespaceAndChangeRoot: boolean;
  readonly canDoSecureClone: boolean;
}

const fourFlags = {
  secureValidatorMode: bool,
  canEnableLandlock: bool,
  canEnableSeccomp: bool,
  canUnshareUserNamespaceAndChangeRoot: bool,
};

export const workerHandshake: Codec<SecurityStatus> = Struct({ ...fourFlags, canDoSecureClone: bool });

/** pvf-common 6 and 7 know nothing of the secure clone. */
export const workerHandshakeOfFourFlags: Codec<Omit<SecurityStatus, 'canDoSecureClone'>> = Struct(fourFlags);

/** No sandbox at all: legal, and every job is a plain fork. */
export const noSandbox: SecurityStatus = {
  secureValidatorMode: false,
  canEnableLandlock: false,
  canEnableSeccomp: false,
  canUnshareUserNamespaceAndChangeRoot: false,
  canDoSecureClone: false,
};
