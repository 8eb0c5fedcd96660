import type { Disposable } from 'vscode';
import type { Log } from '../../base/log.ts';
import type { Services } from '../services.ts';
import { outputBlock } from './output-block.ts';

/** Writes the result of every check to the log channel. One line is enough for a result that is already there. */
export function logChecks({ checks, channel }: Pick<Services, 'checks' | 'channel'>): Disposable {
  const written = new Map<string, string>();
  return checks.onDidFinish(({ runtime, state: { report, previous, problem }, fromCache }) => {
    if (problem !== undefined) {
      channel.warn(`${runtime.name}: ${problem.message}${problem.remedy === undefined ? '' : ` ${problem.remedy}`}`);
      return;
    }
    if (report === undefined) return;
    if (fromCache && written.get(runtime.id) === report.createdAt) {
      channel.info(`${runtime.name}: ${report.verdict.vote}, as before; the blob did not change.`);
      return;
    }
    written.set(runtime.id, report.createdAt);
    const block = `\n${outputBlock(report, previous)}`;
    if (report.verdict.vote === 'reject') channel.error(block);
    else channel.info(block);
  });
}

/** Lines of the worker that look bad and mean nothing. */
const harmless: readonly { readonly pattern: RegExp; readonly note: string }[] = [
  {
    // polkadot-sdk issue 8227: the worker logs the end of its socket as an error.
    pattern: /quitting pvf worker \(prepare\).*failed to fill whole buffer/,
    note: 'harmless: the worker was told to end, and says so as if it were an error',
  },
  {
    pattern: /Cannot unshare user namespace|can't (?:change root|unshare)|unprivileged_userns/i,
    note: 'harmless here: this machine does not grant the sandbox; it makes no difference to the verdict',
  },
];

/** The same log, with a note on lines that look like errors but are harmless. */
export function explainingLog(log: Log): Log {
  const explained = (message: string) => {
    const note = harmless.find(({ pattern }) => pattern.test(message))?.note;
    return note === undefined ? message : `${message}  [${note}]`;
  };
  return {
    error: (message) => log.error(explained(message)),
    warn: (message) => log.warn(explained(message)),
    info: (message) => log.info(explained(message)),
    debug: (message) => log.debug(explained(message)),
  };
}
