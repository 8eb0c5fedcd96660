import { Counter, Histogram, Registry } from 'prom-client';
import type { HostObserver } from './host-observer.ts';
import type { Outcome } from './outcome.ts';

const kibibytes = Array.from({ length: 10 }, (_, n) => 8192 * 2 ** n);
const codeSizes = Array.from({ length: 10 }, (_, n) => 16384 * 2 ** n);
const seconds = [0.1, 0.5, 1, 2, 3, 10, 20, 30, 60, 120, 240, 360, 480];

/**
 * The preparation metrics of Polkadot's host, with the same names and buckets (`metrics.rs`; protocol, 5.8). prom-client is
 * large, so this file is a separate bundle: import it dynamically (`loadMetrics`), or as a type.
 */
export class HostMetrics implements HostObserver {
  private readonly registry = new Registry();
  private readonly registers = [this.registry];
  private readonly workers = {
    spawning: this.workerCounter('spawning', 'Workers requested.'),
    spawned: this.workerCounter('spawned', 'Workers spawned.'),
    retired: this.workerCounter('retired', 'Workers killed or found dead.'),
  };
  private readonly enqueued = this.counter('polkadot_pvf_prepare_enqueued', 'Jobs enqueued.');
  private readonly concluded = this.counter('polkadot_pvf_prepare_concluded', 'Jobs concluded by a worker.');
  private readonly preparationTime = this.histogram(
    'polkadot_pvf_preparation_time',
    'Wall time of a preparation with any outcome, in seconds.',
    seconds,
  );
  private readonly maxRss = this.memory('max_rss', 'ru_maxrss of the preparation, in KiB.');
  private readonly maxResident = this.memory('max_resident', 'Resident memory seen by the tracker, in KiB.');
  private readonly maxAllocated = this.memory('max_allocated', 'Allocated memory seen by the tracker, in KiB.');
  private readonly peakTracked = this.memory('peak_tracked_allocation', 'Peak of the tracking allocator, in KiB.');
  private readonly codeSize = this.histogram(
    'polkadot_parachain_candidate_validation_code_size',
    'Length of the code after decompression, in bytes.',
    codeSizes,
  );

  workerIs(state: 'spawning' | 'spawned' | 'retired'): void {
    this.workers[state].inc({ flavor: 'prepare' });
  }

  jobEnqueued(): void {
    this.enqueued.inc();
  }

  /** As in Polkadot's queue, unreachable and cancelled jobs do not count as concluded. */
  jobDone(outcome: Outcome, wallMs: number): void {
    if (outcome.kind !== 'unreachable' && outcome.kind !== 'cancelled') this.concluded.inc();
    this.preparationTime.observe(wallMs / 1000);
    if (outcome.kind !== 'concluded' || !('prepared' in outcome)) return;
    const { memoryStats, observedWasmCodeLen } = outcome.prepared.stats;
    if (memoryStats.maxRss !== undefined) this.maxRss.observe(Number(memoryStats.maxRss));
    if (memoryStats.memoryTrackerStats) {
      this.maxResident.observe(toKib(memoryStats.memoryTrackerStats.resident));
      this.maxAllocated.observe(toKib(memoryStats.memoryTrackerStats.allocated));
    }
    this.peakTracked.observe(toKib(memoryStats.peakTrackedAlloc));
    if (observedWasmCodeLen !== undefined) this.codeSize.observe(observedWasmCodeLen);
  }

  /** All metrics in Prometheus' text format. */
  exposition(): Promise<string> {
    return this.registry.metrics();
  }

  private counter(name: string, help: string): Counter {
    return new Counter({ name, help, registers: this.registers });
  }

  private workerCounter(state: string, help: string): Counter<'flavor'> {
    const { registers } = this;
    return new Counter({ name: `polkadot_pvf_worker_${state}`, help, labelNames: ['flavor'], registers });
  }

  private histogram(name: string, help: string, buckets: number[]): Histogram {
    return new Histogram({ name, help, buckets, registers: this.registers });
  }

  private memory(what: string, help: string): Histogram {
    return this.histogram(`polkadot_pvf_preparation_${what}`, help, kibibytes);
  }
}

/** Integer division, as Polkadot does. */
function toKib(bytes: bigint): number {
  return Number(bytes / 1024n);
}
