import { env, ProgressLocation, window } from 'vscode';
import { chooseRuntime } from './choose-runtime.ts';
import type { Command } from './command.ts';
import { tellResult } from './tell-result.ts';

/** blake2b-256 of the bytes as stored: what a governance call names. */
export const copyCodeHash: Command = (services) => async (target) => {
  const { t, checks, runtimes } = services;
  const chosen = await chooseRuntime(services, target, t('Copy Code Hash'));
  if (chosen === undefined) return undefined;
  // The hash goes to governance: it has to be of the file that is there now, whatever the last search has seen.
  const options = { location: ProgressLocation.Window, title: t('Reading {0}', chosen.name) };
  const end = await window.withProgress(options, async () => {
    await runtimes.refresh();
    return checks.check('inspect', runtimes.byId(chosen.id) ?? chosen, { reason: 'command' });
  });
  if (end.kind === 'cancelled') return undefined;
  const { report, isCurrent } = end.state;
  if (report === undefined || !isCurrent) {
    tellResult(services, chosen, end);
    return undefined;
  }
  const { codeHash, compression } = report.runtime;
  await env.clipboard.writeText(codeHash);
  // People have registered the wrong one of the three files more than once.
  const told =
    compression?.kind === 'none'
      ? window.showWarningMessage(
          t(
            'Copied {0}. Mind that this blob is not compressed: the compressed one, which is usually registered, has another hash.',
            codeHash,
          ),
        )
      : window.showInformationMessage(t('Copied the code hash of {0}: {1}', chosen.name, codeHash));
  told.then(undefined, (error: unknown) => services.channel.error(String(error)));
  return codeHash;
};
