/**
 * For every rule, an input that provokes it. `test/process/check/every-rule.test.ts` checks each input for real, and
 * `npm run generate` writes docs/rule-inputs.md from this table.
 */

import { ruleInfos } from '../../../src/check/rules/index.ts';
import { blobInputs } from './blobs.ts';
import { forestalled, limitInputs } from './limits.ts';
import { outcomeInputs } from './outcomes.ts';
import type { RuleInput } from './rule-input.ts';
import { comparisonInputs, metadataInputs } from './runtimes.ts';

const known: readonly RuleInput[] = [
  ...outcomeInputs,
  ...limitInputs,
  ...blobInputs,
  ...metadataInputs,
  ...comparisonInputs,
];

/** In the order of the rules. */
export const ruleInputs: readonly RuleInput[] = ruleInfos.flatMap(({ id }) => known.filter(({ rule }) => rule === id));

/** Rules that have no input yet, and inputs of rules that are gone. */
export const unmatched: readonly string[] = [
  ...ruleInfos
    .map(({ id }) => id)
    .filter((id) => forestalled[id] === undefined && !known.some(({ rule }) => rule === id)),
  ...known.filter(({ rule }) => !ruleInfos.some(({ id }) => id === rule)).map(({ rule }) => rule),
];
