import type { Finding } from './report.ts';
import type { SourcePlace } from './source-place.ts';

/** What a rule looks at. */
export type RuleSubject = 'blob' | 'limits' | 'outcome' | 'comparison';

/** What is known about a finding before any runtime has it. `src/check/rules/index.ts` lists all rules. */
export interface RuleInfo {
  /** Stable, kebab-case: the id of the findings that the rule makes. */
  readonly id: string;
  readonly about: RuleSubject;
  /** The severity of its findings. A rule may lower it in a mild case. */
  readonly severity: Finding['severity'];
  readonly place: SourcePlace;
  /** One short sentence, plain text. */
  readonly title: string;
  /** Markdown paragraphs: what the finding means, why it matters, what to do, and the source of these facts. */
  readonly docs: string;
}
