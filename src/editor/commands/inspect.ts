import { chooseRuntime } from './choose-runtime.ts';
import type { Command } from './command.ts';
import { openReport } from './open-document.ts';
import { runChecks } from './run-check.ts';
import { tellResult } from './tell-result.ts';

/** What the blob itself tells; no worker is run, so it works in an untrusted workspace too. */
export const inspect: Command = (services) => async (target) => {
  const runtime = await chooseRuntime(services, target, services.t('Inspect PVF'));
  if (runtime === undefined) return undefined;
  const [end] = await runChecks(services, 'inspect', [runtime]);
  if (end === undefined) return undefined;
  const { problem, report } = end.state;
  if (problem === undefined && report !== undefined) await openReport(runtime);
  else tellResult(services, runtime, end);
  return report;
};
