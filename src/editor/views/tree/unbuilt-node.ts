import type { Translate, UnbuiltCrate } from '../../model.ts';
import type { TreeNode } from './node.ts';

/** More rows would hide the runtimes. The Polkadot SDK has dozens of runtime crates. */
const MAX_ROWS = 3;

/** The crates of runtimes that have no blob yet, each with a build button. Many are in a closed group. */
export function unbuiltNodes(crates: readonly UnbuiltCrate[], t: Translate): TreeNode[] {
  const rows = crates.map((crate) => unbuiltNode(crate, t));
  if (rows.length <= MAX_ROWS) return rows;
  return [
    {
      id: 'unbuilt',
      label: t('Not built'),
      description: `${rows.length}`,
      tooltip: t('Crates of runtimes that have no blob yet'),
      icon: { id: 'circle-slash' },
      context: 'fact',
      accessibleLabel: t('{0} runtimes are not built', rows.length),
      children: rows,
    },
  ];
}

function unbuiltNode({ crateName, manifestPath }: UnbuiltCrate, t: Translate): TreeNode {
  return {
    id: `unbuilt:${manifestPath}`,
    label: crateName,
    description: t('not built'),
    tooltip: `${manifestPath}\n${t('This crate has no runtime blob yet. Build it, and it is checked automatically.')}`,
    icon: { id: 'circle-slash' },
    context: 'unbuilt',
    accessibleLabel: t('{0}: not built', crateName),
    manifestPath,
    children: [],
  };
}
