/**
 * Estimates the CPU time and memory of Polkadot's own worker for the same job. Calibrated against the official worker of node
 * 1.25.1 with 17 runtimes of 0.3 to 15 MB (test corpus) on one machine. CPU time: 213 ms per MB of artifact, at most 8 % off.
 * Memory peak: that of one instance of the engine plus 3 %, at most 2 % off. The engine's own CPU time measures the speed of
 * the machine.
 */
import type { OnMachine, Plan, Prepared } from './engine.ts';

/** CPU time per byte of artifact, on the machine of the calibration. */
const NATIVE_MS_PER_BYTE = 2.13e-4;
/** The same for all threads of the engine. */
const ENGINE_MS_PER_BYTE: Readonly<Record<Exclude<Plan, 'native'>, number>> = {
  whole: 3.03e-4,
  stored: 2.93e-4,
  sharded: 3.16e-4,
};
/** Additional time of all threads in a process whose machine code V8 has not optimised yet. */
const COLD_MS = 350;
/** Peak of a 64-bit process relative to that of the engine's 32-bit instance, plus a constant. */
const PEAK_FACTOR = 1.029;
const PEAK_CONSTANT_BYTES = 865_000;
/** The clocks of some platforms report 0 for a short job. */
const MIN_MS = 0.001;

/** Milliseconds of CPU time. */
export function nativeCpuMs(
  { plan, cpuMs, slowness }: Pick<Prepared, 'plan' | 'cpuMs'> & OnMachine,
  artifactBytes: number,
): number {
  return plan === 'native' ? cpuMs : Math.max(artifactBytes * NATIVE_MS_PER_BYTE * slowness, MIN_MS);
}

/** The same for a job without an artifact, or an unfinished one, from its own CPU time so far. */
export function nativeCpuMsSoFar(engineCpuMs: number, plan: Plan): number {
  if (plan === 'native') return engineCpuMs;
  return Math.max((engineCpuMs * NATIVE_MS_PER_BYTE) / ENGINE_MS_PER_BYTE[plan], MIN_MS);
}

/**
 * CPU time of the engine itself on the machine of the calibration, if it compiled everything.
 * @param isWarm whether the process started with V8's optimised code
 */
export function expectedEngineMs({ plan, artifact }: Pick<Prepared, 'plan' | 'artifact'>, isWarm: boolean): number {
  if (plan === 'native' || artifact.kind === 'written') return 0;
  return artifact.bytes.length * ENGINE_MS_PER_BYTE[plan] + (isWarm ? 0 : COLD_MS);
}

/** Bytes, `peak_tracked_alloc`. */
export function nativePeakBytes(enginePeakBytes: number, plan: Plan): number {
  return plan === 'native' ? enginePeakBytes : Math.round(PEAK_CONSTANT_BYTES + PEAK_FACTOR * enginePeakBytes);
}

/** The inverse of `nativePeakBytes`: the memory limit for the engine. At least 1, since 0 means no limit. */
export function enginePeakLimit(nativeLimit: bigint): bigint {
  const bytes = Math.floor((Number(nativeLimit) - PEAK_CONSTANT_BYTES) / PEAK_FACTOR);
  return BigInt(Math.max(bytes, 1));
}
