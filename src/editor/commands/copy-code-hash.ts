import { env, window } from 'vscode';
import { chooseRuntime } from './choose-runtime.ts';
import type { Command } from './command.ts';
import { runChecks } from './run-check.ts';
import { tellResult } from './tell-result.ts';

/** blake2b-256 of the bytes as stored: what a governance call names. */
export const copyCodeHash: Command = (services) => async (target) => {
  const { t, checks } = services;
  const runtime = await chooseRuntime(services, target, t('Copy Code Hash'));
  if (runtime === undefined) return undefined;
  const state = checks.stateOf(runtime.id);
  const isKnown = state.isCurrent && state.report !== undefined;
  const end = isKnown
    ? { kind: 'checked' as const, state, isKnown }
    : (await runChecks(services, 'inspect', [runtime]))[0];
  if (end === undefined) return undefined;
  const { report, isCurrent } = end.state;
  if (report === undefined || !isCurrent) {
    tellResult(services, runtime, end);
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
      : window.showInformationMessage(t('Copied the code hash of {0}: {1}', runtime.name, codeHash));
  told.then(undefined, (error: unknown) => services.channel.error(String(error)));
  return codeHash;
};
