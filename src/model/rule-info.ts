import type { Finding } from './report.ts';
import type { SourcePlace } from './source-place.ts';

/** What a rule examines. */
export type RuleSubject = 'blob' | 'metadata' | 'limits' | 'outcome' | 'comparison';

/** Why a user can't allow errors about a subject. Undefined: they can. */
export const allowRefusals: Readonly<Record<RuleSubject, string | undefined>> = {
  blob: undefined,
  comparison: undefined,
  metadata: undefined,
  limits: 'the relay chain or your budget sets the limit.',
  outcome: 'it decides how validators vote.',
};

/** The static description of a rule and its findings. `src/check/rules/index.ts` lists all rules. */
export interface RuleInfo {
  /** Stable, kebab-case: the id of the rule's findings. */
  readonly id: string;
  readonly about: RuleSubject;
  /** The severity of its findings. A rule may lower it in a mild case. */
  readonly severity: Finding['severity'];
  readonly place: SourcePlace;
  /** One short sentence in plain text. */
  readonly title: string;
  /** Markdown paragraphs: meaning, importance, remedy and sources. */
  readonly docs: string;
}
