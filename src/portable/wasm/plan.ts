import type { Plan } from '../engine.ts';

/** For smaller code, starting threads and merging their functions takes longer than it saves. */
const MIN_SHARDED_CODE_BYTES = 400_000;
const MAX_INSTANCES = 8;
/** Upper bound of an instance's memory per byte of decompressed code. */
const BYTES_PER_CODE_BYTE = 64;

export interface PlanInput {
  /** Bytes after decompression. */
  readonly codeLength: number;
  readonly memoryLimited: boolean;
  /** Whether there is a store, and whether it has functions of this runtime. */
  readonly store: 'none' | 'empty' | 'filled';
  readonly instances: number | 'auto';
  readonly machine: { readonly processors: number; readonly freeBytes: number };
}

interface Planned {
  readonly plan: Plan;
  readonly instances: number;
}

/** Decides on the number of instances and the use of the store. */
export function planJob(input: PlanInput): Planned {
  // The limit applies to the peak of a single instance.
  if (input.memoryLimited) return { plan: 'whole', instances: 1 };
  // The store has most functions, so there is little to compile.
  if (input.store === 'filled') return { plan: 'stored', instances: 1 };
  const instances = instancesFor(input);
  if (instances > 1) return { plan: 'sharded', instances };
  return { plan: input.store === 'none' ? 'whole' : 'stored', instances: 1 };
}

function instancesFor({ codeLength, instances, machine }: PlanInput): number {
  if (instances !== 'auto') return instances;
  if (codeLength < MIN_SHARDED_CODE_BYTES) return 1;
  const byMemory = Math.floor(machine.freeBytes / (codeLength * BYTES_PER_CODE_BYTE));
  return Math.max(1, Math.min(machine.processors, byMemory, MAX_INSTANCES));
}
