import { formatMillis } from '../base/units.ts';
import type { BuildProgress } from '../toolchain/cargo/cargo.ts';
import type { CliContext } from './context.ts';

/** How often a build without a terminal says how far it is. */
const PLAIN_STEP = 50;

/** Shows how far a build is, on stderr. @param what is being built, as `the worker` */
export function buildProgress(what: string, { progress, streams }: CliContext): (step: BuildProgress) => void {
  let said = 0;
  return (step) => {
    progress.show(describe(step, what));
    if (streams.err.isTTY || step.phase !== 'compiling' || step.done < said + PLAIN_STEP) return;
    said = step.done;
    streams.err.write(`${describe(step, what)}\n`);
  };
}

function describe(step: BuildProgress, what: string): string {
  const elapsed = formatMillis(step.elapsedMs);
  switch (step.phase) {
    case 'waiting':
      return `Waiting for the build of another process${step.pid === undefined ? '' : ` (pid ${step.pid})`}, ${elapsed}`;
    case 'fetching':
      return `Building ${what}: ${step.message}`;
    case 'compiling':
      return `Building ${what}: ${step.done} of ${step.total} units, ${elapsed}${step.crate ? `, ${step.crate}` : ''}`;
    case 'installing':
      return `Installing ${what}`;
  }
}
