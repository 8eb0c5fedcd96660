/** Can this runtime ship? The answer follows from the vote and the findings (design.md, "Outcomes, votes, findings, conclusions"). */

import { isEstimate } from '../model/estimates.ts';
import { howMuchSlower, isTimeLimit, shareText } from '../model/figure-text.ts';
import { limitOf } from '../model/measures.ts';
import { acceptedLater, refusedLater, type Scheduled } from '../model/pending.ts';
import type { Conclusion, Finding, LimitItem, Stats } from '../model/report.ts';
import { isBlocking } from '../model/severity.ts';
import type { Voted } from './vote.ts';

export interface ConclusionParts {
  /** Absent: the blob was only inspected. */
  readonly voted: Voted | undefined;
  /** At most one: why the vote is not "accept". */
  readonly outcomeFindings: readonly Finding[];
  /** About the limits, the blob and the baseline. */
  readonly findings: readonly Finding[];
  readonly items: readonly LimitItem[];
  /** What the scheduled limits say, the earliest first. */
  readonly pending?: readonly Scheduled[];
  readonly stats: Stats | undefined;
}

/** A known failure outweighs an unknown vote. */
export function conclude(parts: ConclusionParts): Conclusion {
  const conclusion = concludeNow(parts);
  const later = laterText(parts);
  return later === undefined ? conclusion : { ...conclusion, reason: `${conclusion.reason} ${later}` };
}

/** Where the scheduled limits decide otherwise. If they refuse what is accepted now, a finding says so. */
function laterText({ voted, items, pending = [] }: ConclusionParts): string | undefined {
  const now = { items, vote: voted?.vote };
  const accepted = acceptedLater(now, pending);
  if (accepted !== undefined) return `The relay chain would accept it ${withLimits(accepted)}.`;
  if (voted?.vote !== 'accept' || refusedLater(now, pending) !== undefined) return undefined;
  const unknown = pending.find(({ vote }) => vote === 'undecided');
  return unknown && `The vote is unknown ${withLimits(unknown)}: the second preparation failed on this machine.`;
}

function withLimits({ fromSession }: Scheduled): string {
  return fromSession === undefined ? 'with the scheduled limits' : `with the limits from session ${fromSession} on`;
}

function concludeNow({ voted, outcomeFindings, findings, items, stats }: ConclusionParts): Conclusion {
  const blocking = findings.filter(isBlocking);
  if (voted?.vote === 'reject') {
    return {
      status: 'fail',
      reason: rejectText(voted, outcomeFindings),
      because: idsOf([...outcomeFindings, ...blocking]),
    };
  }
  const [first] = blocking;
  if (first !== undefined) {
    return {
      status: 'fail',
      reason: `${failText(voted)} ${first.message}${othersText(blocking.length - 1)}`,
      because: idsOf(blocking),
    };
  }
  if (voted?.vote === 'undecided') {
    return {
      status: 'undecided',
      reason: voted.reason ?? 'The check failed on this machine.',
      because: idsOf(outcomeFindings),
    };
  }
  return { status: 'pass', reason: passText(voted, items, stats), because: [] };
}

/** Adds findings to what is known. They never mend a failure. */
export function concludeWith(conclusion: Conclusion, findings: readonly Finding[]): Conclusion {
  const blocking = findings.filter(isBlocking);
  const [first] = blocking;
  if (first === undefined) return conclusion;
  const { status, reason, because } = conclusion;
  return {
    status: 'fail',
    reason: status === 'fail' ? reason : `It must not ship: ${first.message}${othersText(blocking.length - 1)}`,
    because: [...new Set([...because, ...idsOf(blocking)])],
  };
}

/** The finding about a rejecting outcome says so itself. */
function rejectText({ reason }: Voted, [finding]: readonly Finding[]): string {
  if (reason !== undefined) return `Validators would reject it: ${reason}`;
  return finding?.message ?? 'Validators would reject it.';
}

function failText(voted: Voted | undefined): string {
  return voted?.vote === 'accept' ? 'Validators would accept it, but it must not ship:' : 'It must not ship:';
}

function othersText(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ' There is another error.' : ` There are ${count} other errors.`;
}

function passText(voted: Voted | undefined, items: readonly LimitItem[], stats: Stats | undefined): string {
  const [tightest] = items.filter(({ level }) => level === 'near').sort((a, b) => b.ratio - a.ratio);
  const near = tightest && nearText(tightest, stats);
  if (voted === undefined) {
    const found = near === undefined ? 'Inspection found no error' : `Inspection found no error, but ${near}`;
    return `${found}. It was not prepared, so the vote is unknown.`;
  }
  if (near !== undefined) return `Validators would accept it, but ${near}.`;
  return 'Validators would accept it, and no error was found that would stop the chain.';
}

/** `the code size is at 99.7 % of its limit`. */
function nearText(item: LimitItem, stats: Stats | undefined): string {
  if (isTimeLimit(item.id)) return `one ${howMuchSlower(item)} would fail`;
  const { measure, isBudget } = limitOf(item.id);
  const share = shareText(item, isEstimate(item.id, stats));
  return `the ${measure.name} is at ${share} of its ${isBudget ? 'budget' : 'limit'}`;
}

function idsOf(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(({ id }) => id))];
}
