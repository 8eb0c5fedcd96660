/** `WorkerHandshake`: the sandbox flags that the host sends to a new worker. There is no response. */
import { bool, type Codec, Struct } from 'scale-ts';

/** Source: polkadot-node-core-pvf-common 29.0.0 `SecurityStatus`. The members are in wire order. */
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

/** pvf-common 6 and 7 have no flag for the secure clone. */
export const workerHandshakeOfFourFlags: Codec<Omit<SecurityStatus, 'canDoSecureClone'>> = Struct(fourFlags);

/** No sandbox. Workers accept this and run every job in a plain fork. */
export const noSandbox: SecurityStatus = {
  secureValidatorMode: false,
  canEnableLandlock: false,
  canEnableSeccomp: false,
  canUnshareUserNamespaceAndChangeRoot: false,
  canDoSecureClone: false,
};
