import { capitalize } from '../../../base/text.ts';
import type { Report } from '../../../model/report.ts';
import { bySeverity, type Severity, severityWords } from '../../../model/severity.ts';
import { oneLine } from '../../../report/terminal.ts';
import type { Translate } from '../../model.ts';
import { findingTexts } from '../findings.ts';
import { group, type TreeNode } from './node.ts';

const severityIcons: Readonly<Record<Severity, { id: string; colour: string }>> = {
  error: { id: 'error', colour: 'list.errorForeground' },
  warning: { id: 'warning', colour: 'list.warningForeground' },
  information: { id: 'info', colour: 'charts.blue' },
};

export function findingsGroup(at: string, report: Report, t: Translate): TreeNode[] {
  const findings = bySeverity(report.findings).flat();
  const nodes = findings.map((finding, index): TreeNode => {
    const { id, severity } = finding;
    const { first, rest } = findingTexts(finding);
    return {
      id: `${at}/${index}-${id}`,
      label: oneLine(first),
      tooltip: rest === undefined ? first : `${first}\n\n${rest}`,
      icon: severityIcons[severity],
      context: 'finding',
      accessibleLabel: `${t(capitalize(severityWords[severity]))}: ${oneLine(first)}`,
      command: { id: 'pvf.explain', args: [id] },
      findingId: id,
      children: [],
    };
  });
  const hasErrors = findings[0]?.severity === 'error';
  const about = t('What deserves attention, the most severe first. Select one for an explanation.');
  return group(at, t('Findings'), 'checklist', nodes, about).map((node) => ({
    ...node,
    description: `${nodes.length}`,
    // VS Code remembers closed nodes by id. The other id opens the group for the first error.
    id: hasErrors ? `${node.id}/errors` : node.id,
    isOpen: hasErrors,
  }));
}
