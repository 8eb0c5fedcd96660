/** Limits that are scheduled on the relay chain, as far as they change something. */
import { groupDigits } from '../../base/units.ts';
import { amountText, limitText, ratioText } from '../../model/figure-text.ts';
import { type Figure, figuresOf } from '../../model/figures.ts';
import type { LimitItem, Report } from '../../model/report.ts';
import type { Translate } from '../model.ts';
import { figureLabel, leftText, levelText } from './labels.ts';

/** A figure against a scheduled limit. */
export interface PendingFigure {
  readonly figure: Figure & { readonly item: LimitItem };
  /** Absent: not known. */
  readonly fromSession?: number;
}

/** What will hold for a figure: each scheduled limit that differs from the one before. */
export function pendingOf({ item, ...figure }: Figure, { limits }: Report): PendingFigure[] {
  if (item === undefined) return [];
  let { limit } = item;
  return (limits.pending ?? []).flatMap(({ items, fromSession }) => {
    const next = items.find(({ id }) => id === item.id);
    if (next === undefined || next.limit === limit) return [];
    limit = next.limit;
    return [{ figure: { ...figure, used: next.used, item: next }, ...(fromSession !== undefined && { fromSession }) }];
  });
}

/** `from session 12 345`, `scheduled` */
export function sinceText({ fromSession }: Pick<PendingFigure, 'fromSession'>, t: Translate): string {
  return fromSession === undefined ? t('scheduled') : t('from session {0}', groupDigits(fromSession));
}

/** `59.8 % of 5.00 MiB` */
export function pendingShare({ figure }: PendingFigure, t: Translate): string {
  return t('{0} of {1}', ratioText(figure) ?? '', limitText(figure) ?? '');
}

/** `within the limit, 2.01 MiB left` */
export function pendingRoom({ figure }: PendingFigure, t: Translate): string {
  return [levelText(figure.item, t), leftText(figure, t) ?? ''].filter((part) => part !== '').join(', ');
}

/** `Stored size, from session 12 345: 2.99 MiB of 5.00 MiB (59.8 %), within the limit` */
export function pendingLines(report: Report, t: Translate): string[] {
  const figures = figuresOf(report).flatMap((figure) =>
    pendingOf(figure, report).map((pending) => {
      const { figure: next } = pending;
      const used = t('{0} of {1} ({2})', amountText(next), limitText(next) ?? '', ratioText(next) ?? '');
      return `${figureLabel(figure, t)}, ${sinceText(pending, t)}: ${used}, ${levelText(next.item, t)}`;
    }),
  );
  return [...figures, ...pendingVotes(report, t)];
}

/** Only where validators would vote otherwise than now. */
export function pendingVotes({ limits, vote, outcome }: Report, t: Translate): string[] {
  if (outcome === undefined) return [];
  return (limits.pending ?? []).flatMap((pending) =>
    pending.vote === undefined || pending.vote === vote
      ? []
      : [
          t(
            'Vote, {0}: {1}',
            sinceText(pending.fromSession === undefined ? {} : { fromSession: pending.fromSession }, t),
            pending.vote,
          ),
        ],
  );
}
