import type { Plan } from '../job/engine.ts';

/** Below this, starting threads and merging their stores takes longer than it saves. At 0.27 MB it saves a fifth. */
const SHARDS_FROM_CODE_BYTES = 400_000;
const MOST_INSTANCES = 8;
/** Of memory, that an instance may need for each byte of decompressed code. */
const BYTES_PER_CODE_BYTE = 64;

export interface PlanInput {
  /** Bytes after decompression. */
  readonly codeLength: number;
  readonly memoryLimited: boolean;
  /** Whether there is a store, and whether it knows this runtime. */
  readonly store: 'none' | 'empty' | 'filled';
  /** A number is taken as it is. */
  readonly instances: number | 'auto';
  readonly machine: { readonly processors: number; readonly freeBytes: number };
}

export interface Planned {
  readonly plan: Plan;
  readonly instances: number;
}

/** How many instances compile, and whether a store takes part. */
export function planJob(input: PlanInput): Planned {
  // The limit is about the peak of one instance that does everything.
  if (input.memoryLimited) return { plan: 'whole', instances: 1 };
  // Most functions are there already; threads would only share out the looking up.
  if (input.store === 'filled') return { plan: 'stored', instances: 1 };
  const instances = instancesFor(input);
  if (instances > 1) return { plan: 'sharded', instances };
  return { plan: input.store === 'none' ? 'whole' : 'stored', instances: 1 };
}

function instancesFor({ codeLength, instances, machine }: PlanInput): number {
  if (instances !== 'auto') return instances;
  if (codeLength < SHARDS_FROM_CODE_BYTES) return 1;
  const byMemory = Math.floor(machine.freeBytes / (codeLength * BYTES_PER_CODE_BYTE));
  return Math.max(1, Math.min(machine.processors, byMemory, MOST_INSTANCES));
}
