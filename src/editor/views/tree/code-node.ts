import { substituteKey } from '../../../model/code-source.ts';
import type { Report } from '../../../model/report.ts';
import { oneLine } from '../../../report/terminal.ts';
import type { Translate } from '../../model.ts';
import { fact, type TreeNode } from './node.ts';

/** Which of the codes in a chain spec was checked. */
export function codeNode(at: string, report: Report | undefined, t: Translate): TreeNode[] {
  const { codeAt, path } = report?.runtime ?? {};
  if (codeAt === undefined) return [];
  const block = substituteKey(codeAt);
  const text = block === undefined ? t('genesis code') : t('code substitute at block {0}', block);
  const about = oneLine(t('{0} in {1}', codeAt, path ?? ''));
  return [fact(`${at}/code`, t('Code'), oneLine(text), about, { icon: { id: 'file-code' } })];
}
