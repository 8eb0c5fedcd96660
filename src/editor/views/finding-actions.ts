/** What a user can do about a finding: the lightbulb of its diagnostic. */
import type { Finding } from '../../model/report.ts';
import type { RuleInfo } from '../../model/rule-info.ts';
import type { CommandId } from '../contributions.ts';
import type { Runtime, Translate } from '../model.ts';
import { canBeAllowed } from './findings.ts';

export interface FindingAction {
  readonly title: string;
  readonly command: CommandId;
  readonly argument: unknown;
}

/** @param runtime absent: it is no longer known */
export function findingActions(
  finding: Pick<Finding, 'id' | 'severity' | 'data'>,
  rule: RuleInfo | undefined,
  runtime: Pick<Runtime, 'id'> | undefined,
  t: Translate,
): FindingAction[] {
  const { id: findingId, severity } = finding;
  const runtimeId = runtime?.id;
  const symbol = symbolOf(finding);
  return [
    { title: t('Explain {0}', findingId), command: 'pvf.explain', argument: findingId },
    ...(symbol === undefined
      ? []
      : [
          {
            title: t('Open the source of {0}', symbol),
            command: 'pvf.openSource',
            argument: { symbol, runtimeId },
          } as const,
        ]),
    ...(severity === 'error' && canBeAllowed(rule)
      ? [
          {
            title: t('Allow {0} (adds it to pvf.allow)', findingId),
            command: 'pvf.allow',
            argument: { findingId, runtimeId },
          } as const,
        ]
      : []),
  ];
}

/** The function or the crate that a finding names. */
function symbolOf({ data }: Pick<Finding, 'data'>): string | undefined {
  const named = data?.['function'] ?? data?.['crate'];
  return typeof named === 'string' && named !== '' ? named : undefined;
}
