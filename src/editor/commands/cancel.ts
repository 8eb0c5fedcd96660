import { window } from 'vscode';
import { allKnown } from '../views/known.ts';
import type { Command } from './command.ts';
import { targetOf } from './target.ts';

const shownMs = 4000;

/** One runtime's job, or all. */
export const cancel: Command = (services) => async (argument) => {
  const { checks, t } = services;
  const running = allKnown(services).filter(({ state }) => state.activity.kind === 'running');
  if (running.length === 0) {
    window.setStatusBarMessage(t('No PVF is being prepared.'), shownMs);
    return;
  }
  const target = targetOf(argument);
  checks.cancel(target.kind === 'runtime' ? target.id : undefined);
};
