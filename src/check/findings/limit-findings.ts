import { shareText, unitFormats } from '../../model/figure-text.ts';
import { isEstimated, limitOf, type Sources, type Unit } from '../../model/measures.ts';
import type { Finding, LimitItem } from '../../model/report.ts';

/** A finding for every limit that is near or over. @param sources says what is an estimate */
export function limitFindings(items: readonly LimitItem[], sources?: Sources): Finding[] {
  return items.filter(({ level }) => level !== 'ok').map((item) => finding(item, sources));
}

function finding(item: LimitItem, sources: Sources | undefined): Finding {
  const { id, used, limit, level } = item;
  const { measure, hint } = limitOf(id);
  const estimated = isEstimated(measure, sources);
  const isOver = level === 'over';
  const relation = isOver ? 'above' : 'near';
  return {
    id: `${isOver ? 'over' : 'near'}-limit-${id}`,
    severity: isOver ? 'error' : 'warning',
    message: `${measure.subject} is ${relation} its limit: ${estimated ? roughly(item, measure.unit) : exactly(item, measure.unit)}.`,
    hint,
    data: { used, limit, ...(estimated && { estimated }) },
  };
}

function exactly({ used, limit, ratio }: LimitItem, unit: Unit): string {
  const { exact } = unitFormats[unit];
  return `${exact(used)} of ${exact(limit)}, ${shareText({ ratio }, false)}`;
}

function roughly({ used, limit, ratio }: LimitItem, unit: Unit): string {
  const { rough, plain } = unitFormats[unit];
  return `about ${rough(used)} of ${plain(limit)}, ${shareText({ ratio }, true)} (estimated)`;
}
