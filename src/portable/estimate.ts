/** What Polkadot's own worker would need for the same job, judged by what this engine needed. */
import type { Plan } from './job/engine.ts';

/** CPU time of the engine in one instance over that of the official worker. */
const ENGINE_SLOWNESS = 1.6;
const MS_PER_ARTIFACT_BYTE = 0.0004;
/** Peak of a 64-bit process over that of the engine's 32-bit instance, after a constant part. */
const PEAK_FACTOR = 1.0925;
const PEAK_CONSTANT_BYTES = 170_000;
/** Nothing takes no time at all; clocks of some platforms say so of a short job. */
const SHORTEST_MS = 0.001;

export interface EngineFigures {
  /** Bytes after decompression. */
  readonly codeLength: number;
  readonly instrumentedBytes: number;
  readonly functions: number;
  readonly artifactBytes: number;
  readonly engineCpuMs: number;
  readonly enginePeakBytes: number;
  readonly plan: Plan;
}

/** Milliseconds of CPU time. */
export function nativeCpuMs({ artifactBytes, engineCpuMs, plan }: Omit<EngineFigures, 'enginePeakBytes'>): number {
  if (plan === 'native') return engineCpuMs;
  const ms = plan === 'whole' ? engineCpuMs / ENGINE_SLOWNESS : artifactBytes * MS_PER_ARTIFACT_BYTE;
  return Math.max(ms, SHORTEST_MS);
}

/** The same for a job that ended without an artifact, or has not ended yet: only the time that was used can be judged. */
export function nativeCpuMsSoFar(engineCpuMs: number, plan: Plan): number {
  return plan === 'native' ? engineCpuMs : Math.max(engineCpuMs / ENGINE_SLOWNESS, SHORTEST_MS);
}

/** Bytes, `peak_tracked_alloc`. */
export function nativePeakBytes({ enginePeakBytes, plan }: Pick<EngineFigures, 'enginePeakBytes' | 'plan'>): number {
  return plan === 'native' ? enginePeakBytes : Math.round(PEAK_CONSTANT_BYTES + PEAK_FACTOR * enginePeakBytes);
}

/** The inverse of `nativePeakBytes`: at which peak of its own the engine has to give up. At least 1, as 0 means no limit. */
export function enginePeakLimit(nativeLimit: bigint): bigint {
  const bytes = Math.floor((Number(nativeLimit) - PEAK_CONSTANT_BYTES) / PEAK_FACTOR);
  return BigInt(Math.max(bytes, 1));
}
