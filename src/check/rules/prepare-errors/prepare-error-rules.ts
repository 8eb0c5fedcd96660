import type { Rule } from '../rule.ts';
import { decompressionRules } from './decompression.ts';
import { jobRules } from './job.ts';
import { localFailureRules } from './local-failure.ts';
import { postMvpRules } from './post-mvp.ts';
import { preparationRules } from './preparation.ts';
import { prevalidationRules } from './prevalidation.ts';
import { resourceRules } from './resources.ts';
import { runtimeConstructionRules } from './runtime-construction.ts';

/** One for every error of Polkadot's host. The first that matches counts, so a file that has special cases comes before one with the general case. */
export const prepareErrorRules: readonly Rule<'outcome'>[] = [
  ...postMvpRules,
  ...prevalidationRules,
  ...preparationRules,
  ...runtimeConstructionRules,
  ...decompressionRules,
  ...resourceRules,
  ...jobRules,
  ...localFailureRules,
];
