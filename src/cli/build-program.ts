import { formatMillis } from '../base/units.ts';
import { type BuildableId, buildables } from '../toolchain/buildable.ts';
import type { Built } from '../toolchain/cargo/build.ts';
import type { BuildProgress } from '../toolchain/cargo/cargo.ts';
import { CargoBuildError } from '../toolchain/cargo/problem.ts';
import { withoutFoldersOnPath } from '../worker/locate/search-path.ts';
import type { CliContext } from './context.ts';

/** How often a build without a terminal prints its progress, in units. */
const PLAIN_STEP = 50;

/**
 * Prints what the build will do, then builds one of the two programs. Runs no cargo, compiler or make of an untrusted workspace.
 * Rejects with `CargoBuildError`.
 */
export function buildProgram(id: BuildableId, context: CliContext): Promise<Built> {
  const { environment, workspace, signal, streams } = context;
  const {
    package: own,
    cacheFolder,
    refusedCacheFolder: refused,
    processEnv,
    platform,
    arch,
    guard,
    log,
  } = environment;
  if (refused !== undefined) {
    const { folder, problem: detail } = refused;
    return Promise.reject(new CargoBuildError({ kind: 'cache-folder', folder, detail }));
  }
  const env = withoutFoldersOnPath({ env: processEnv, platform }, workspace.untrusted);
  const { title, build } = buildables[id];
  return build(
    { packageFolder: own.root, cacheFolder, env, platform, arch, guard, signal },
    {
      log,
      onPreflight: ({ plan }) => {
        for (const sentence of plan) streams.err.write(`${sentence}\n`);
      },
      onProgress: buildProgress(title, context),
    },
  );
}

/** Shows the progress of a build on stderr. @param what is being built: `the worker` */
function buildProgress(what: string, { progress, streams }: CliContext): (step: BuildProgress) => void {
  let printed = 0;
  return (step) => {
    progress.show(describe(step, what));
    if (streams.err.isTTY || step.phase !== 'compiling' || step.done < printed + PLAIN_STEP) return;
    printed = step.done;
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
