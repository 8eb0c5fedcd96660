import { omitUndefined } from '../../base/omit-undefined.ts';
import type { Report } from '../report.ts';
import type {
  ChainFacts,
  UpgradeCalls,
  UpgradeStage,
  UpgradeState,
  UpgradeStep,
  UpgradeStepId,
} from '../upgrade-checklist.ts';

/** What is known about an upgrade. An absent member: it is not known. */
export interface UpgradeFacts {
  readonly report: Report;
  /** Of the profile. */
  readonly limits: RelayLimits;
  readonly present?: PresentCode;
  readonly chain?: ChainFacts;
  readonly calls: UpgradeCalls;
}

/** The values of a relay chain that an upgrade depends on. Absent: not known. */
export interface RelayLimits {
  /** Bytes as stored. */
  readonly maxCodeSize: number;
  /** Bytes. */
  readonly maxPovSize?: number;
  /** Relay blocks, as the members below. */
  readonly upgradeCooldown?: number;
  readonly upgradeDelay?: number;
  readonly minimumUpgradeDelay?: number;
  /** Sessions. */
  readonly votingTtl?: number;
  readonly pending: readonly { readonly maxCodeSize: number; readonly fromSession?: number }[];
}

/** The code that the chain runs now. */
export interface PresentCode {
  readonly specName?: string;
  readonly specVersion?: number;
  readonly transactionVersion?: number;
  /** 0x-hex. */
  readonly codeHash?: string;
  readonly storedBytes?: number;
}

/** Makes the steps of a stage. */
export function stepsOf(
  stage: UpgradeStage,
): (id: UpgradeStepId, state: UpgradeState, text: string, hint?: string) => UpgradeStep {
  return (id, state, text, hint) => ({ id, stage, state, text, ...omitUndefined({ hint }) });
}

/** Leaves out what there is nothing to say about. */
export function sentences(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined).join(' ');
}

/** Also when the runtime does not say. */
export function isForParachain({ report }: UpgradeFacts): boolean {
  return report.runtime.isParachain !== false;
}
