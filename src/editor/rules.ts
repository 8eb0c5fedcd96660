import type { RuleInfo } from '../model/rule-info.ts';

/** Titles, places and docs of all findings. In the bundle they are a file of their own (esbuild.mjs), which the first call loads. */
export async function loadRules(): Promise<readonly RuleInfo[]> {
  const { ruleInfos } = await import('../check/rules/index.ts');
  return ruleInfos;
}

/** Undefined for a finding of a report that a version with other rules made. */
export function findRule(rules: readonly RuleInfo[], findingId: string): RuleInfo | undefined {
  return rules.find(({ id }) => id === findingId);
}
