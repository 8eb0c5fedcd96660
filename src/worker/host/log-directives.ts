import type { ExaminedWorker } from '../probe/examined-worker.ts';

/** Directives for a worker's `RUST_LOG`. The built-in worker reports its progress as log messages. */
export function logDirectives({ kind }: ExaminedWorker, level: 'quiet' | 'debug'): string {
  if (level === 'debug') return 'parachain=debug';
  return kind === 'portable' ? 'parachain::pvf-prepare-worker=debug' : '';
}
