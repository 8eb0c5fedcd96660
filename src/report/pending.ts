/** The scheduled limits in words: one line for each set. */

import { isEstimate } from '../model/estimates.ts';
import { besideLimit, levelWord, shareText, unitFormats } from '../model/figure-text.ts';
import { limitOf } from '../model/measures.ts';
import { isRefused } from '../model/pending.ts';
import { pendingTitle } from '../model/profile-summary.ts';
import type { LimitItem, Report, Vote } from '../model/report.ts';

export interface PendingLine {
  /** `From session 1234` */
  readonly title: string;
  /** `vote: reject`. Empty: no worker ran. */
  readonly vote: string;
  /** The limits that change, with the figures: `memory 300.00 MiB of 256.00 MiB, 117.2 %, over`. */
  readonly changes: readonly string[];
  readonly state: 'accepted' | 'refused' | 'unknown';
}

/** Empty when nothing is scheduled, or nothing is known. */
export function pendingLines(report: Report): PendingLine[] {
  return (report.limits.pending ?? []).map((pending) => ({
    title: pendingTitle(pending),
    vote: pending.vote === undefined ? '' : `vote: ${pending.vote}`,
    changes: pending.items.filter((item) => isNew(item, report)).map((item) => changeText(item, report)),
    state: stateOf(pending),
  }));
}

/** `vote: reject; memory 300.00 MiB of 256.00 MiB, 117.2 %, over` */
export function pendingText({ vote, changes }: PendingLine): string {
  const parts = [vote, ...(changes.length === 0 ? ['no figure has another limit'] : changes)];
  return parts.filter((part) => part !== '').join('; ');
}

function isNew({ id, limit }: LimitItem, { limits }: Report): boolean {
  return limits.items.find((item) => item.id === id)?.limit !== limit;
}

function changeText(item: LimitItem, { stats }: Report): string {
  const { name, measure } = limitOf(item.id);
  const { plain, rough } = unitFormats[measure.unit];
  const estimated = isEstimate(item.id, stats);
  const used = `${estimated ? '≈' : ''}${besideLimit(item.used, item.limit, estimated ? rough : plain)}`;
  return `${name} ${used} of ${plain(item.limit)}, ${shareText(item, estimated)}, ${levelWord(item)}`;
}

function stateOf(pending: { readonly items: readonly LimitItem[]; readonly vote?: Vote }): PendingLine['state'] {
  if (isRefused(pending)) return 'refused';
  return pending.vote === 'undecided' ? 'unknown' : 'accepted';
}
