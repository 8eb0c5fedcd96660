/** What a job would take with a core for each of its shares. */

/** As the worker's log names a share's own CPU time. */
const share = /^share \d+ of \d+$/;
const sum = 'all threads';

/**
 * The steps that one thread does after the other, plus the slowest share. Milliseconds. Measured on fewer cores than
 * shares, so shares are taken by CPU time; that memory and caches are shared by then is left out.
 */
export function predictedMs(steps: ReadonlyMap<string, number>): number | undefined {
  const shares = [...steps].filter(([name]) => share.test(name)).map(([, ms]) => ms);
  if (shares.length === 0) return undefined;
  const inOrder = [...steps].filter(([name]) => !share.test(name) && name !== sum).reduce((sum, [, ms]) => sum + ms, 0);
  return inOrder + Math.max(...shares);
}
