import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type BundleName, bundleLocation, runsFromSource } from './bundles.ts';
import { type ProcessGroup, startGroup } from './child-process.ts';
import type { ExitGuard } from './exit-guard.ts';

interface NodeProcessOptions {
  readonly heapMib: number;
  /** The whole environment, except what the editor's runtime needs to run as Node. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly guard: ExitGuard;
}

/**
 * Starts a process from its bundle, or from its entry file when this code runs from src/, with a channel for messages.
 *
 * A thread has a limit of its heap, too, but a single allocation that does not fit ends the whole process, with the
 * editor's extension host. What decodes data from a hostile server with code that is not ours runs in a process.
 */
export function startNodeProcess(name: BundleName, { heapMib, env, guard }: NodeProcessOptions): ProcessGroup {
  const args = [
    `--max-old-space-size=${heapMib}`,
    ...(runsFromSource ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : []),
    fileURLToPath(bundleLocation(name)),
  ];
  const isElectron = process.versions['electron'] !== undefined;
  return startGroup(process.execPath, args, {
    // A process that aborts may leave a core dump in its folder.
    cwd: tmpdir(),
    env: { ...env, ...(isElectron && { ELECTRON_RUN_AS_NODE: '1' }) },
    stdout: 'ignore',
    channel: true,
    guard,
  });
}
