import { capitalize } from '../../../base/text.ts';
import { groupDigits } from '../../../base/units.ts';
import type { Reference } from '../../../model/history.ts';
import { changeClassWords, changeText } from '../../../model/metadata-change-text.ts';
import { type ChangesOfClass, changesByClass, metadataCounts } from '../../../model/metadata-views.ts';
import type { Report } from '../../../model/report.ts';
import { oneLine } from '../../../report/terminal.ts';
import type { Translate } from '../../model.ts';
import { fact, group, type TreeNode } from './node.ts';

/** More rows of one class would make the tree slow. The comparison has all. */
const MOST = 200;

/** What the runtime offers, and what changed. Empty when the metadata was not read. */
export function metadataGroup(
  at: string,
  { metadata }: Report,
  reference: Reference | undefined,
  t: Translate,
): TreeNode[] {
  if (metadata === undefined) return [];
  const { problem, version, changes } = metadata;
  const warning = { icon: { id: 'warning', colour: 'list.warningForeground' } };
  const nodes = [
    ...(problem === undefined
      ? []
      : [fact(`${at}/problem`, t('Not read'), oneLine(problem), t('The vote does not depend on it.'), warning)]),
    ...(version === undefined
      ? []
      : [fact(`${at}/version`, t('Metadata version'), `${version}`, t('The newest that the runtime offers.'))]),
    ...metadataCounts(metadata).map(({ label, count }) =>
      fact(`${at}/${label}`, t(label), groupDigits(count), t('As the metadata of the runtime lists them.')),
    ),
    ...(changes === undefined ? [] : changesNode(`${at}/changes`, changesByClass(changes), reference, t)),
  ];
  return group(
    at,
    t('Metadata'),
    'symbol-interface',
    nodes,
    t('What the runtime offers to wallets and other clients.'),
  );
}

function changesNode(
  at: string,
  classes: readonly ChangesOfClass[],
  reference: Reference | undefined,
  t: Translate,
): TreeNode[] {
  const about = reference === undefined ? t('Since the baseline.') : oneLine(capitalize(reference.text));
  if (classes.length === 0) return [fact(at, t('Changes'), t('none'), about)];
  const groups = classes.flatMap(({ class: name, changes }) => {
    const rows = changes
      .slice(0, MOST)
      .map((change, index) => changeNode(`${at}/${name}/${index}`, changeText(change)));
    const label = t(capitalize(changeClassWords[name]));
    return group(`${at}/${name}`, label, name === 'compatible' ? 'check' : 'warning', rows, about).map((node) => ({
      ...node,
      description: groupDigits(changes.length),
    }));
  });
  const total = classes.reduce((sum, { changes }) => sum + changes.length, 0);
  return group(at, t('Changes'), 'diff', groups, about).map((node) => ({ ...node, description: groupDigits(total) }));
}

function changeNode(id: string, text: string): TreeNode {
  const label = oneLine(text);
  return { id, label, tooltip: label, icon: { id: 'circle-small' }, context: 'fact', children: [] };
}
