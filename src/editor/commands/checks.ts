import { env, ProgressLocation, window } from 'vscode';
import type { Report } from '../../model/report.ts';
import { summaryText } from '../../report/conclusion.ts';
import { formatMarkdown } from '../../report/markdown.ts';
import { builtInName } from '../../worker/built-in/version.ts';
import { isAutomatic } from '../model.ts';
import { runtimeEntries } from '../services.ts';
import { openPreview, openReport } from '../views/documents.ts';
import { reportNames } from '../views/labels.ts';
import { chooseRuntime, targetOf } from './choose-runtime.ts';
import type { Command, CommandServices } from './command.ts';
import { runChecks, showResult } from './run-check.ts';
import { explainNone, searched } from './runtimes.ts';

const STATUS_MS = 4000;

export const prepare: Command = (services) => async (target) => {
  const runtime = await chooseRuntime(services, target, services.t('Prepare PVF'));
  if (runtime === undefined) return undefined;
  const [end] = await runChecks(services, 'prepare', [runtime]);
  if (end !== undefined) showResult(services, runtime, end);
  return end?.state.report;
};

/** Only the built-in worker can measure them, so it runs whatever the settings say. */
export const measureCosts: Command = (services) => async (target) => {
  const { t, checks, panels } = services;
  const runtime = await chooseRuntime(services, target, t('Measure the Cost of Each Function'));
  if (runtime === undefined) return undefined;
  const worker = checks.settingsOf(runtime).worker;
  if (worker !== undefined && worker !== builtInName) {
    void window.showInformationMessage(
      t('The built-in worker measures the costs, not {0}: only the built-in worker can.', worker),
    );
  }
  const [end] = await runChecks(services, 'prepare', [runtime], { hasCosts: true });
  const report = end?.state.report;
  if (end === undefined) return undefined;
  if (report?.costs === undefined) showResult(services, runtime, end);
  else panels.show({ kind: 'pvf.sizes', runtimeId: runtime.id });
  return report;
};

export const prepareAll: Command = (services) => async () => {
  const found = await searched(services);
  const automatic = found.filter(isAutomatic);
  if (found.length > 0 && automatic.length === 0) return explainExempt(services);
  const picked = found.length > 0 ? undefined : await explainNone(services);
  const all = picked === undefined ? automatic : [picked];
  if (all.length === 0) return [];
  const ends = await runChecks(services, 'prepare', all);
  const reports = ends.flatMap((end) => end?.state.report ?? []);
  showSummary(services, reports).catch((error: unknown) => services.channel.error(String(error)));
  return reports;
};

/** Only runtimes that are checked on request were found. */
function explainExempt({ t }: CommandServices): readonly Report[] {
  const message = t(
    "Only development builds, runtimes that are not a parachain's, and excluded runtimes were found. Prepare one from the Runtimes view, or add it to pvf.include.",
  );
  void window.showInformationMessage(message);
  return [];
}

async function showSummary(services: CommandServices, reports: readonly Report[]): Promise<void> {
  const { t, documents } = services;
  const show = t('Show Reports');
  const answer = await window.showInformationMessage(summaryText(reports), ...(reports.length > 0 ? [show] : []));
  if (answer !== show) return;
  const options = { nameOf: reportNames(runtimeEntries(services)) };
  await openPreview(documents.create('PVF check.pvf.md', formatMarkdown(reports, options)));
}

/** Reports what the blob itself contains. Runs no worker, so it works in an untrusted workspace too. */
export const inspect: Command = (services) => async (target) => {
  const runtime = await chooseRuntime(services, target, services.t('Inspect PVF'));
  if (runtime === undefined) return undefined;
  const [end] = await runChecks(services, 'inspect', [runtime]);
  if (end === undefined) return undefined;
  const { problem, report } = end.state;
  if (problem === undefined && report !== undefined) await openReport(services, runtime);
  else showResult(services, runtime, end);
  return report;
};

/** Cancels the check of one runtime, or all checks. */
export const cancel: Command = (services) => async (argument) => {
  const { checks, t } = services;
  const isRunning = runtimeEntries(services).some(({ state }) => state.activity.kind !== 'idle');
  if (!isRunning) {
    window.setStatusBarMessage(t('No PVF is being prepared.'), STATUS_MS);
    return;
  }
  const target = targetOf(argument);
  checks.cancel(target.kind === 'runtime' ? target.id : undefined);
};

/** Copies the blake2b-256 hash of the stored bytes, which a governance call contains. */
export const copyCodeHash: Command = (services) => async (target) => {
  const { t, checks, runtimes } = services;
  const chosen = await chooseRuntime(services, target, t('Copy Code Hash'));
  if (chosen === undefined) return undefined;
  // A governance call needs the hash of the present file, and the last search may be out of date.
  const options = { location: ProgressLocation.Window, title: t('Reading {0}', chosen.name) };
  const end = await window.withProgress(options, async () => {
    await runtimes.refresh();
    return checks.check('inspect', runtimes.byId(chosen.id) ?? chosen, { reason: 'command' });
  });
  if (end.kind === 'cancelled') return undefined;
  const { report, isCurrent } = end.state;
  if (report === undefined || !isCurrent) {
    showResult(services, chosen, end);
    return undefined;
  }
  const { codeHash, compression } = report.runtime;
  await env.clipboard.writeText(codeHash);
  // Teams have registered the wrong one of the three files more than once.
  const shown =
    compression?.kind === 'none'
      ? window.showWarningMessage(
          t(
            'Copied {0}. This blob is not compressed. The compressed blob, which is usually registered, has a different hash.',
            codeHash,
          ),
        )
      : window.showInformationMessage(t('Copied the code hash of {0}: {1}', chosen.name, codeHash));
  shown.then(undefined, (error: unknown) => services.channel.error(String(error)));
  return codeHash;
};
