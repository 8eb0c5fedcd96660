import assert from 'node:assert/strict';
import { HostMetrics } from '../../../../src/worker/host/metrics.ts';
import type { Outcome } from '../../../../src/worker/host/outcome.ts';

const KIB = 1024n;

function prepared(rssKib: bigint | undefined, peakBytes: bigint, codeBytes: number | undefined): Outcome {
  const memoryTrackerStats =
    rssKib === undefined ? undefined : { resident: 20_000n * KIB + 1023n, allocated: 8_192n * KIB };
  return {
    kind: 'concluded',
    prepared: {
      path: '0x00.pvf',
      artifactBytes: 1,
      checksum: undefined,
      stats: {
        cpuTimeElapsed: { secs: 1n, nanos: 0 },
        memoryStats: { memoryTrackerStats, maxRss: rssKib, peakTrackedAlloc: peakBytes },
        observedWasmCodeLen: codeBytes,
      },
    },
  };
}

/** A fixed sequence: three jobs enqueued, two concluded with an artifact, one timed out, one never reached its worker. */
async function exposition(): Promise<string[]> {
  const metrics = new HostMetrics();
  for (const state of ['spawning', 'spawned', 'spawning', 'spawned', 'retired'] as const) metrics.workerIs(state);
  for (let job = 0; job < 3; job += 1) metrics.jobEnqueued();
  metrics.jobDone({ kind: 'unreachable', message: '' }, 50);
  metrics.jobDone(prepared(65_536n, 8_192n * KIB, 16_385), 2_500);
  metrics.jobDone(prepared(undefined, 8_193n * KIB, undefined), 100);
  metrics.jobDone({ kind: 'timed-out', clock: 'wall', limitMs: 240_000 }, 500_000);
  const lines = (await metrics.exposition()).split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

/** The cumulative counts of a histogram by upper bound. */
function buckets(lines: readonly string[], name: string): Record<string, number> {
  const found = lines.flatMap((line) => {
    const [, edge, count] =
      /^(?:\w+)_bucket\{le="([^"]+)"\} (\d+)$/.exec(line.startsWith(`${name}_`) ? line : '') ?? [];
    return edge === undefined ? [] : [[edge, Number(count)] as const];
  });
  return Object.fromEntries(found);
}

const doubling = (from: number) => Array.from({ length: 10 }, (_, n) => from * 2 ** n);

/** The expected cumulative counts: for each bound, the number of observations up to it. */
function cumulative(edges: readonly number[], observed: readonly number[]): Record<string, number> {
  const counts = edges.map((edge) => [String(edge), observed.filter((value) => value <= edge).length] as const);
  return Object.fromEntries([...counts, ['+Inf', observed.length]]);
}

describe('HostMetrics', () => {
  const histograms: readonly (readonly [name: string, edges: readonly number[], observed: readonly number[]])[] = [
    ['polkadot_pvf_preparation_time', [0.1, 0.5, 1, 2, 3, 10, 20, 30, 60, 120, 240, 360, 480], [0.05, 2.5, 0.1, 500]],
    ['polkadot_pvf_preparation_max_rss', doubling(8192), [65_536]],
    ['polkadot_pvf_preparation_max_resident', doubling(8192), [20_000]],
    ['polkadot_pvf_preparation_max_allocated', doubling(8192), [8192]],
    ['polkadot_pvf_preparation_peak_tracked_allocation', doubling(8192), [8192, 8193]],
    ['polkadot_parachain_candidate_validation_code_size', doubling(16_384), [16_385]],
  ];
  for (const [name, edges, observed] of histograms) {
    it(`${name} has Polkadot's buckets`, async () => {
      const lines = await exposition();
      assert.deepEqual(buckets(lines, name), cumulative(edges, observed));
      assert(lines.includes(`${name}_count ${observed.length}`));
      assert(lines.includes(`${name}_sum ${observed.reduce((sum, value) => sum + value, 0)}`));
    });
  }

  it("counts workers and jobs under Polkadot's names", async () => {
    const lines = await exposition();
    assert.deepEqual(
      lines.filter((line) => /^polkadot_pvf_(worker|prepare)_/.test(line)),
      [
        'polkadot_pvf_worker_spawning{flavor="prepare"} 2',
        'polkadot_pvf_worker_spawned{flavor="prepare"} 2',
        'polkadot_pvf_worker_retired{flavor="prepare"} 1',
        'polkadot_pvf_prepare_enqueued 3',
        'polkadot_pvf_prepare_concluded 3',
      ],
    );
  });

  it('are separate for two hosts', async () => {
    const [one, other] = [new HostMetrics(), new HostMetrics()];
    one.jobEnqueued();
    assert.match(await one.exposition(), /^polkadot_pvf_prepare_enqueued 1$/m);
    assert.match(await other.exposition(), /^polkadot_pvf_prepare_enqueued 0$/m);
  });
});
