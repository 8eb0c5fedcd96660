import type { Report } from '../../../model/report.ts';
import { crateNodes, knownOwners } from '../../../model/size-views.ts';
import { partText } from '../../../report/sizes.ts';
import type { Translate } from '../../model.ts';
import { crateRow } from './code-row.ts';
import { group, type TreeNode } from './node.ts';

const MOST = 10;

/** The largest parts of the code. Empty when the sizes are not known. */
export function sizesGroup(at: string, runtimeId: string, { sizes }: Report, t: Translate): TreeNode[] {
  if (sizes === undefined) return [];
  const rows = (id: string, parts: readonly { readonly name: string; readonly bytes: number }[]) =>
    parts.slice(0, MOST).map(({ name, bytes }, index) => {
      const about = t('Bytes of the code section, and their share of it.');
      return crateRow(`${at}/${id}/${index}`, runtimeId, name, partText(bytes, sizes.codeBytes), about);
    });
  const groups = [
    ...group(
      `${at}/owners`,
      t('By Pallet and Own Crate'),
      'package',
      rows('owners', knownOwners(sizes)),
      t('Generic code counts for the pallet or the crate of yours that it was made for.'),
    ),
    ...group(
      `${at}/crates`,
      t('By Crate'),
      'library',
      rows('crates', crateNodes(sizes)),
      t('Each function counts for the crate that defines it.'),
    ),
  ];
  const nodes = groups.length === 0 ? [] : [...groups, treemapRow(`${at}/treemap`, runtimeId, t)];
  return group(at, t('Sizes'), 'symbol-structure', nodes, t('What the code is made of.'));
}

/** Opens the chart, which has everything. */
export function treemapRow(id: string, runtimeId: string, t: Translate): TreeNode {
  const label = t('Show all in the treemap');
  return {
    id,
    label,
    tooltip: t('Opens a chart down to the functions.'),
    icon: { id: 'graph' },
    context: 'fact',
    command: { id: 'pvf.showSizes', args: [{ runtimeId }] },
    children: [],
  };
}
