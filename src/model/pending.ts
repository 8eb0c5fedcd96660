/** Does the relay chain take the code now, and with its scheduled limits? */
import { limitOf } from './measures.ts';
import type { LimitItem, Vote } from './report.ts';

/** What one set of limits says about a blob. */
export interface Judged {
  readonly items: readonly LimitItem[];
  /** Absent: the blob was only inspected. */
  readonly vote?: Vote | undefined;
}

export interface Scheduled extends Judged {
  /** Absent: not known. */
  readonly fromSession?: number;
}

/** A user's budget refuses nothing. */
export function isRefused({ items, vote }: Judged): boolean {
  return vote === 'reject' || overLimits(items).length > 0;
}

export function overLimits(items: readonly LimitItem[]): LimitItem[] {
  return items.filter(({ id, level }) => level === 'over' && !limitOf(id).isBudget);
}

/** The first scheduled limits that refuse what the limits in force take. */
export function refusedLater<One extends Scheduled>(now: Judged, pending: readonly One[]): One | undefined {
  return isRefused(now) ? undefined : pending.find(isRefused);
}

/** The first scheduled limits from which on the code, which is refused now, is accepted. */
export function acceptedLater<One extends Scheduled>(now: Judged, pending: readonly One[]): One | undefined {
  if (!isRefused(now)) return undefined;
  const at = pending.findLastIndex((one) => !isTaken(one)) + 1;
  return pending[at];
}

function isTaken(judged: Judged): boolean {
  return judged.vote === 'accept' && !isRefused(judged);
}
