import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describeExit } from '../../base/process-exit.ts';
import { type Answer, type AskOptions, ask } from '../process/ask.ts';
import type { Program } from '../process/program.ts';

export const sandboxFeatures = ['landlock', 'seccomp', 'changeRoot', 'secureClone'] as const;
export type SandboxFeature = (typeof sandboxFeatures)[number];

/** Whether the worker can use the feature here, and the worker's own reason if it can't. */
export type ProbeResult = { readonly available: true } | { readonly available: false; readonly reason: string };
export type SecurityProbes = Readonly<Record<SandboxFeature, ProbeResult>>;

/**
 * Has the worker itself test the four sandbox features, in four processes at once, as Polkadot's host does (`security.rs`).
 * @param scratch the probe's folder is made in it
 */
export async function probeSecurity(program: Program, scratch: string, options: AskOptions): Promise<SecurityProbes> {
  const root = await mkdtemp(join(scratch, 'check-can-unshare-'));
  const probe = async (...words: string[]): Promise<ProbeResult> => judge(await ask(program, words, options));
  try {
    const [landlock, seccomp, changeRoot, secureClone] = await Promise.all([
      probe('--check-can-enable-landlock'),
      probe('--check-can-enable-seccomp'),
      probe('--check-can-unshare-user-namespace-and-change-root', root),
      probe('--check-can-do-secure-clone'),
    ]);
    return { landlock, seccomp, changeRoot, secureClone };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function judge(answer: Answer): ProbeResult {
  if (answer.kind === 'no-answer') return { available: false, reason: `no answer within ${answer.afterMs} ms` };
  const { exit, stderr } = answer;
  if (exit.kind === 'exited' && exit.code === 0) return { available: true };
  return { available: false, reason: stderr.trim() || `the probe ${describeExit(exit)}` };
}
