import { window } from 'vscode';
import { allKnown } from '../views/known.ts';
import type { Command } from './command.ts';

const shownMs = 4000;

export const clearHistory: Command = (services) => async () => {
  const { checks, t } = services;
  const count = allKnown(services).filter(({ state }) => state.report !== undefined).length;
  checks.clearHistory();
  window.setStatusBarMessage(
    count === 0
      ? t('There were no PVF reports to forget.')
      : t('The PVF reports of {0} runtimes were forgotten.', count),
    shownMs,
  );
};
