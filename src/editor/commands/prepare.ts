import { chooseRuntime } from './choose-runtime.ts';
import type { Command } from './command.ts';
import { runChecks } from './run-check.ts';
import { tellResult } from './tell-result.ts';

export const prepare: Command = (services) => async (target) => {
  const runtime = await chooseRuntime(services, target, services.t('Prepare PVF'));
  if (runtime === undefined) return undefined;
  const [end] = await runChecks(services, 'prepare', [runtime]);
  if (end !== undefined) tellResult(services, runtime, end);
  return end?.state.report;
};
