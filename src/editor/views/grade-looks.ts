import type { GradeWord } from '../../model/grade.ts';

interface GradeLook {
  /** A codicon. */
  readonly icon: string;
  /** A theme colour for the icon. */
  readonly colour?: string;
  /** How much attention a background or a message asks for. */
  readonly alarm: 'none' | 'warning' | 'error';
}

const warning: GradeLook = { icon: 'warning', colour: 'list.warningForeground', alarm: 'warning' };

/** How each grade looks in status bar, tree, code lens and messages. */
export const gradeLooks: Readonly<Record<GradeWord, GradeLook>> = {
  accepted: { icon: 'pass', colour: 'testing.iconPassed', alarm: 'none' },
  near: { icon: 'pass', colour: 'list.warningForeground', alarm: 'none' },
  over: warning,
  faulty: warning,
  rejected: { icon: 'error', colour: 'list.errorForeground', alarm: 'error' },
  undecided: { icon: 'question', alarm: 'warning' },
  inspected: { icon: 'search', alarm: 'none' },
};
