import { chooseRuntime } from './choose-runtime.ts';
import type { Command } from './command.ts';

export const showSizes: Command = (services) => async (target) => {
  const runtime = await chooseRuntime(services, target, services.t('Show Sizes'));
  if (runtime !== undefined) services.panels.show({ kind: 'pvf.sizes', runtimeId: runtime.id });
};

export const showHistory: Command = (services) => async (target) => {
  const runtime = await chooseRuntime(services, target, services.t('Show History'));
  if (runtime !== undefined) services.panels.show({ kind: 'pvf.history', runtimeId: runtime.id });
};
