import { chooseRuntime } from './choose-runtime.ts';
import type { Command } from './command.ts';
import { openReport } from './open-document.ts';
import { runChecks } from './run-check.ts';
import { tellResult } from './tell-result.ts';

/** What the blob itself tells; no worker is run, so it works in an untrusted workspace too. */
export const inspect: Command = (services) => async (target) => {
  const runtime = await chooseRuntime(services, target, services.t('Inspect PVF'));
  if (runtime === undefined) return undefined;
  const [state] = await runChecks(services, 'inspect', [runtime]);
  if (state === undefined) return undefined;
  if (state.problem === undefined && state.report !== undefined) await openReport(runtime);
  else tellResult(services, runtime, state);
  return state.report;
};
