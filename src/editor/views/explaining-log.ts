import type { Log } from '../../base/log.ts';

/** Lines of the worker that look bad and mean nothing. */
const harmless: readonly { readonly when: RegExp; readonly means: string }[] = [
  {
    // polkadot-sdk issue 8227: the worker logs the end of its socket as an error.
    when: /quitting pvf worker \(prepare\).*failed to fill whole buffer/,
    means: 'harmless: the worker was told to end, and says so as if it were an error',
  },
  {
    when: /Cannot unshare user namespace|can't (?:change root|unshare)|unprivileged_userns/i,
    means: 'harmless here: this machine does not grant the sandbox; it makes no difference to the verdict',
  },
];

/** The same log, with a word on those lines that frighten without cause. */
export function explainingLog(log: Log): Log {
  const explained = (message: string) => {
    const means = harmless.find(({ when }) => when.test(message))?.means;
    return means === undefined ? message : `${message}  [${means}]`;
  };
  return {
    error: (message) => log.error(explained(message)),
    warn: (message) => log.warn(explained(message)),
    info: (message) => log.info(explained(message)),
    debug: (message) => log.debug(explained(message)),
  };
}
