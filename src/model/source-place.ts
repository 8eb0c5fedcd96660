import type { Report } from './report.ts';
import type { RuleInfo } from './rule-info.ts';

/** Where in a runtime's sources the user can act on a finding; `none` when the sources are not the cause. */
export type SourcePlace = 'manifest' | 'register-validate-block' | 'construct-runtime' | 'build-script' | 'none';

/** A range in one line of a text file. Counts from 0, in UTF-16 units, like VS Code. */
export interface TextPlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** The place of a finding. @param rule its rule; undefined: another version of this tool made the report */
export function sourcePlaceOf({ vote }: Pick<Report, 'vote'>, rule: RuleInfo | undefined): SourcePlace {
  // Without a vote, the outcome is not the runtime's fault.
  const isOutcome = rule === undefined || rule.about === 'outcome';
  if (isOutcome && vote === 'undecided') return 'none';
  return rule?.place ?? 'manifest';
}
