/** The list of all rules. A new rule is a file of its own and one entry here. */
import type { RuleInfo, RuleSubject } from '../../model/rule-info.ts';
import { noValidateBlock } from './blob/no-validate-block.ts';
import { notCompressed } from './blob/not-compressed.ts';
import { weaklyCompressed } from './blob/weakly-compressed.ts';
import { growthRules } from './comparison/growth.ts';
import { identicalCode } from './comparison/identical-code.ts';
import { limitLevelRules } from './limits/limit-levels.ts';
import { nearEstimate } from './limits/near-estimate.ts';
import { notSpawned } from './outcome/not-spawned.ts';
import { staleInput } from './outcome/stale-input.ts';
import { unreachable } from './outcome/unreachable.ts';
import { unsupportedWorker } from './outcome/unsupported-worker.ts';
import { prepareErrorRules } from './prepare-errors/prepare-error-rules.ts';
import type { Rule } from './rule.ts';

/** The order is that of the findings in a report. */
export const rules = {
  /** A failed outcome has one explanation: that of the first rule that applies. */
  outcome: [...prepareErrorRules, notSpawned, unsupportedWorker, unreachable, staleInput],
  limits: [...limitLevelRules, nearEstimate],
  blob: [notCompressed, weaklyCompressed, noValidateBlock],
  comparison: [identicalCode, ...growthRules],
} satisfies { readonly [Subject in RuleSubject]: readonly Rule<Subject>[] };

/** For everything that shows or explains findings. */
export const ruleInfos: readonly RuleInfo[] = Object.values(rules).flat();
