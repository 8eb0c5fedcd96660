import type { Services } from '../services.ts';
import type { Known } from './tree/root-nodes.ts';

/** Every runtime with its state, as it is now. */
export function allKnown({ runtimes, checks }: Pick<Services, 'runtimes' | 'checks'>): Known[] {
  return runtimes.all.map((runtime) => ({ runtime, state: checks.stateOf(runtime.id) }));
}
