import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { describeExit } from '../../base/process-exit.ts';
import { removeFolder } from '../../base/remove-folder.ts';
import { truncate } from '../../base/text.ts';
import type { SandboxProbe, SandboxProbes } from '../../model/workers.ts';
import type { Program } from '../process/program.ts';
import { type RunOptions, runOnce } from '../process/run-once.ts';

/**
 * Makes the worker test the four sandbox features, in four processes at once, as Polkadot's host does (`security.rs`).
 * @param scratch parent of the folder for the change-root probe
 */
export async function probeSecurity(program: Program, scratch: string, options: RunOptions): Promise<SandboxProbes> {
  const root = await mkdtemp(join(scratch, 'check-can-unshare-'));
  const probe = async (...args: string[]): Promise<SandboxProbe> => {
    const result = await runOnce(program, args, options);
    if (result.kind === 'timed-out') return { available: false, reason: `no answer within ${result.afterMs} ms` };
    const { exit, stderr } = result;
    if (exit.kind === 'exited' && exit.code === 0) return { available: true };
    return { available: false, reason: truncate(stderr.trim(), 2000) || `the probe ${describeExit(exit)}` };
  };
  try {
    const [landlock, seccomp, changeRoot, secureClone] = await Promise.all([
      probe('--check-can-enable-landlock'),
      probe('--check-can-enable-seccomp'),
      probe('--check-can-unshare-user-namespace-and-change-root', root),
      probe('--check-can-do-secure-clone'),
    ]);
    return { landlock, seccomp, changeRoot, secureClone };
  } finally {
    await removeFolder(root);
  }
}
