import type { CostsSummary, Report } from '../../../model/report.ts';
import { costliest, crateNodes, knownOwners } from '../../../model/size-views.ts';
import { costText, costTotalText, functionLabel } from '../../../report/costs.ts';
import type { Translate } from '../../model.ts';
import { crateRow, functionRow } from './code-row.ts';
import { fact, group, type TreeNode } from './node.ts';
import { treemapRow } from './sizes-group.ts';

const MOST = 10;

/** What makes the preparation slow. Empty when the costs were not measured. */
export function costsGroup(at: string, runtimeId: string, { costs, sizes }: Report, t: Translate): TreeNode[] {
  if (costs === undefined) return [];
  const about = t('Time of the compiler in the built-in worker, its share, and the machine code made.');
  const rows = (id: string, parts: readonly CostlyPart[]) =>
    costliest(parts)
      .slice(0, MOST)
      .map((part, index) => crateRow(`${at}/${id}/${index}`, runtimeId, part.name, costText(part, costs), about));
  const nodes = [
    fact(`${at}/total`, t('Total'), costTotalText(costs), t('All functions together.')),
    ...group(`${at}/functions`, t('By Function'), 'symbol-function', functionRows(at, runtimeId, costs, about), about),
    ...group(
      `${at}/owners`,
      t('By Pallet and Own Crate'),
      'package',
      rows('owners', sizes === undefined ? [] : knownOwners(sizes)),
      about,
    ),
    ...group(`${at}/crates`, t('By Crate'), 'library', rows('crates', sizes ? crateNodes(sizes) : []), about),
    treemapRow(`${at}/treemap`, runtimeId, t),
  ];
  return group(at, t('Costs'), 'watch', nodes, t('What makes the preparation slow.'));
}

interface CostlyPart {
  readonly name: string;
  readonly compileTimeMs?: number;
  readonly machineCodeBytes?: number;
}

function functionRows(at: string, runtimeId: string, costs: CostsSummary, about: string): TreeNode[] {
  return costs.functions.slice(0, MOST).map((one, index) => {
    const id = `${at}/functions/${index}`;
    const value = costText(one, costs);
    return one.name === undefined
      ? fact(id, functionLabel(one), value, about)
      : functionRow(id, runtimeId, one.name, value, about);
  });
}
