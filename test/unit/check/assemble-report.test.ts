import assert from 'node:assert/strict';
import { toHex } from '../../../src/base/bytes.ts';
import { blake2b256 } from '../../../src/base/hash.ts';
import { assembleReport, type ReportParts } from '../../../src/check/assemble-report.ts';
import { jobFor } from '../../../src/check/job.ts';
import { builtInProfiles, type Profile } from '../../../src/limits/profile.ts';
import type { LimitId } from '../../../src/model/measures.ts';
import type { OutcomeKind } from '../../../src/model/outcome-table.ts';
import type { Report } from '../../../src/model/report.ts';
import type { RuntimeBlob } from '../../../src/runtime/blob.ts';
import { inspect } from '../../../src/runtime/inspect.ts';
import type { Outcome, Prepared } from '../../../src/worker/host/outcome.ts';
import type { OfficialWorker, PortableWorker } from '../../../src/worker/probe/examined-worker.ts';
import { tinyPvf } from '../../../src/worker/probe/tiny-pvf.ts';
import { programAt } from '../../../src/worker/process/program.ts';
import { revision } from '../../../src/worker/wire/revision.ts';
import { plainPvf } from '../../support/plain-pvf.ts';
import { schemaErrors } from '../../support/report-schema.ts';
import { outcomeList, outcomes, prepared, prepareErrorList } from './outcomes.ts';

const [profile] = builtInProfiles as readonly [Profile, ...Profile[]];
/** It is the smallest PVF, but no runtime that a chain could use. */
const tinyPvfFindings = ['not-compressed', 'no-core-version', 'no-runtime-version'];
const tool = { name: 'polkadot-pvf', version: '0.0.0' };
const off = { available: false, reason: 'not on this kernel' } as const;
const worker: OfficialWorker = {
  kind: 'official',
  path: '/opt/polkadot-prepare-worker',
  program: programAt('/opt/polkadot-prepare-worker'),
  version: '1.25.1',
  revision: revision('26.0.0'),
  security: { landlock: { available: true }, seccomp: { available: true }, changeRoot: off, secureClone: off },
  identity: 'ab',
};

const builtIn: PortableWorker = {
  kind: 'portable',
  path: '/opt/dist/portable-worker.cjs',
  program: programAt('/node'),
  version: '1.25.1',
  revision: revision('26.0.0'),
  identity: 'cd',
  engine: 'wasmtime 36.0.20 in WebAssembly',
  target: { cpu: 'x86-64-v3', features: ['has_avx'] },
  figures: 'estimated',
  costs: false,
};

function blobOf(stored: Uint8Array): RuntimeBlob {
  const state = { bytes: stored.length, modifiedMs: 0, changedMs: 0, inode: '0:0' };
  return {
    path: 'a.wasm',
    file: 'a.wasm',
    container: 'wasm',
    stored,
    codeHash: toHex(blake2b256(stored)),
    state,
  };
}

async function partsOf(outcome: Outcome, stored = tinyPvf): Promise<ReportParts> {
  const blob = blobOf(stored);
  return {
    blob,
    facts: await inspect(stored, profile.bombLimit),
    job: jobFor(blob, profile, { kind: 'precheck' }),
    preparation: { outcome, wallMs: 12.5, spawnMs: 3.5 },
    worker,
    profile,
    tool,
  };
}

async function reportOf(outcome: Outcome, change: Partial<ReportParts> = {}, stored = tinyPvf): Promise<Report> {
  return assembleReport({ ...(await partsOf(outcome, stored)), ...change });
}

/** Paths of members with the value `undefined`, which JSON would drop and a view would show. */
function holes(value: unknown, at = ''): string[] {
  if (value === undefined) return [at];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => holes(inner, `${at}.${name}`));
}

function success(change: Partial<Prepared['stats']>, rest: Partial<Prepared> = {}): Outcome {
  assert.ok(prepared.kind === 'concluded' && 'prepared' in prepared);
  const { prepared: whole } = prepared;
  return { kind: 'concluded', prepared: { ...whole, ...rest, stats: { ...whole.stats, ...change } } };
}

const itemIds = ({ limits }: Report): LimitId[] => limits.items.map(({ id }) => id);

/** No worker ran the job, or the blob is not the one on disk. */
const withoutStats: readonly OutcomeKind[] = [
  'not-spawned',
  'unsupported-worker',
  'unreachable',
  'cancelled',
  'stale-input',
];

describe('assembleReport', () => {
  for (const outcome of outcomeList) {
    it(`matches the schema for ${outcome.kind}, and has times only if a worker ran the job`, async () => {
      const report = await reportOf(outcome);
      assert.deepEqual(schemaErrors(report), []);
      assert.deepEqual(holes(report), []);
      assert.equal(report.stats === undefined, withoutStats.includes(outcome.kind));
      assert.equal(report.outcome?.kind, outcome.kind);
    });
  }

  for (const error of prepareErrorList) {
    it(`has only the host's times for ${error.tag}`, async () => {
      const report = await reportOf({ kind: 'concluded', error });
      assert.deepEqual(schemaErrors(report), []);
      assert.deepEqual(holes(report), []);
      assert.deepEqual(report.stats, { wallTimeMs: 12.5, spawnMs: 3.5 });
      assert.ok(!itemIds(report).includes('cpu-time'));
    });
  }

  it('names the block of the limits, what is not known of them, and takes the share from which on figures are near', async () => {
    const block = { number: 12, hash: `0x${'ab'.repeat(32)}` };
    const read = { ...profile, block, notes: ['the block length is not known'], maxCodeSize: tinyPvf.length * 2 };
    const { limits } = await reportOf(prepared, { profile: read, near: 0.5 });
    assert.deepEqual([limits.block, limits.notes], [block, read.notes]);
    assert.equal(limits.items[0]?.level, 'near');
    assert.equal('pending' in limits, false);
    assert.equal((await reportOf(prepared, { profile: read })).limits.items[0]?.level, 'ok');
  });

  it('has the figures that the worker measured', async () => {
    const { stats } = await reportOf(prepared);
    assert.deepEqual(stats, {
      wallTimeMs: 12.5,
      spawnMs: 3.5,
      cpuTimeMs: 2250,
      cpuTimeIs: 'measured',
      memory: { peakTrackedAlloc: 3_000_000, resident: 5_000_000, allocated: 4_000_000, maxRss: 70_000 * 1024 },
      memoryIs: 'measured',
      artifactBytes: 13_576,
      observedCodeBytes: 86,
      artifactChecksum: `0x${'cd'.repeat(32)}`,
    });
  });

  it('leaves out figures that an older worker or another system does not measure', async () => {
    const memoryStats = { memoryTrackerStats: undefined, maxRss: undefined, peakTrackedAlloc: 7n };
    const outcome = success({ memoryStats, observedWasmCodeLen: undefined }, { checksum: undefined });
    const report = await reportOf(outcome);
    assert.deepEqual(holes(report), []);
    assert.deepEqual(report.stats, {
      wallTimeMs: 12.5,
      spawnMs: 3.5,
      cpuTimeMs: 2250,
      cpuTimeIs: 'measured',
      memory: { peakTrackedAlloc: 7 },
      memoryIs: 'measured',
      artifactBytes: 13_576,
    });
  });

  it('ignores a negative max RSS', async () => {
    const memoryStats = { memoryTrackerStats: undefined, maxRss: -1n, peakTrackedAlloc: 7n };
    assert.deepEqual((await reportOf(success({ memoryStats }))).stats?.memory, { peakTrackedAlloc: 7 });
  });

  it('keeps a measured 0', async () => {
    const stats = { cpuTimeElapsed: { secs: 0n, nanos: 0 } };
    const report = await reportOf(success(stats), { preparation: { outcome: success(stats), wallMs: 1, spawnMs: 0 } });
    assert.equal(report.stats?.cpuTimeMs, 0);
    assert.equal(report.stats?.spawnMs, 0);
  });

  it('has no times when the host answered without a worker', async () => {
    const outcome: Outcome = {
      kind: 'concluded',
      error: { tag: 'CouldNotDecompressCodeBlob', value: 'Blob had invalid format' },
    };
    assert.equal((await reportOf(outcome, { preparation: { outcome, wallMs: 0, spawnMs: 0 } })).stats, undefined);
  });

  it('has no worker members without a worker', async () => {
    const { worker: _, ...parts } = await partsOf(outcomes['not-spawned']);
    const report = assembleReport(parts);
    assert.deepEqual(schemaErrors(report), []);
    assert.ok(!('worker' in report) && !('security' in report) && !('stats' in report));
    assert.deepEqual(itemIds(report), ['code-size', 'raw-code-size']);
  });

  it('has no facts from inside a blob that can not be decompressed', async () => {
    const corrupt = Uint8Array.of(0x52, 0xbc, 0x53, 0x76, 0x46, 0xdb, 0x8e, 0x05, 1, 2, 3);
    const error = { tag: 'CouldNotDecompressCodeBlob', value: 'Blob had invalid format' } as const;
    const report = await reportOf({ kind: 'concluded', error }, {}, corrupt);
    assert.deepEqual(schemaErrors(report), []);
    assert.deepEqual(Object.keys(report.runtime).sort(), [
      'codeHash',
      'compression',
      'container',
      'path',
      'storedBytes',
    ]);
    assert.deepEqual(itemIds(report), ['code-size']);
  });

  it('has nothing of the parts that a module lacks', async () => {
    const header = tinyPvf.slice(0, 8);
    const { runtime } = await reportOf(prepared, {}, header);
    assert.deepEqual([runtime.functions, runtime.imports, runtime.exports, runtime.sections], [0, [], [], []]);
    assert.ok(!('specName' in runtime) && !('specVersion' in runtime) && !('buildVariant' in runtime));
  });

  it('has the limits of the profile, the job and the budget', async () => {
    const blob = blobOf(tinyPvf);
    const job = jobFor(blob, profile, { kind: 'precheck', memoryLimit: 6_000_000n, prepTimeoutMs: 3000 });
    const report = await reportOf(prepared, { job, budget: { storedBytes: 50 } });
    assert.deepEqual(
      report.limits.items.map(({ id, used, limit, level }) => [id, used, limit, level]),
      [
        ['code-size', 86, 3_145_728, 'ok'],
        ['raw-code-size', 86, 31_457_280, 'ok'],
        ['cpu-time', 2250, 3000, 'near'],
        ['memory', 3_000_000, 6_000_000, 'ok'],
        ['stored-bytes-budget', 86, 50, 'over'],
      ],
    );
    const { name, source, date } = profile;
    assert.deepEqual([report.limits.profile, report.limits.source, report.limits.date], [name, source, date]);
    assert.deepEqual(
      report.findings.map(({ id }) => id),
      ['near-limit-cpu-time', 'over-limit-stored-bytes-budget', ...tinyPvfFindings],
    );
  });

  it('lists the finding about the outcome first, and growth last', async () => {
    const larger = await reportOf(prepared, {}, Uint8Array.of(...tinyPvf, 0, 2, 1, 0x61));
    const { findings } = await reportOf(outcomes['out-of-memory'], { baseline: { ...larger, is: 'build' } });
    assert.deepEqual(
      findings.map(({ id }) => id),
      ['preparation-out-of-memory', ...tinyPvfFindings, 'shrinkage-stored-bytes', 'shrinkage-raw-bytes'],
    );
  });

  it('describes an official worker and its sandbox', async () => {
    const report = await reportOf(prepared);
    assert.deepEqual(report.worker, {
      kind: 'official',
      path: '/opt/polkadot-prepare-worker',
      version: '1.25.1',
      wireRevision: '26.0.0',
    });
    assert.deepEqual(report.security, { landlock: true, seccomp: true, changeRoot: false, secureClone: false });
    assert.deepEqual(report.tool, tool);
  });

  it('describes the built-in worker and its target, without a sandbox', async () => {
    const report = await reportOf(prepared, { worker: builtIn });
    assert.deepEqual(schemaErrors(report), []);
    assert.deepEqual(report.worker, {
      kind: 'portable',
      path: '/opt/dist/portable-worker.cjs',
      version: '1.25.1',
      wireRevision: '26.0.0',
      engine: 'wasmtime 36.0.20 in WebAssembly',
      target: { cpu: 'x86-64-v3', features: ['has_avx'] },
    });
    assert.ok(!('security' in report));
    assert.deepEqual([report.stats?.cpuTimeIs, report.stats?.memoryIs], ['estimated', 'estimated']);
  });

  it('has measured figures when the built-in worker has a native helper', async () => {
    const { stats, findings } = await reportOf(outcomes['concluded'], { worker: { ...builtIn, figures: 'measured' } });
    assert.deepEqual([stats?.cpuTimeIs, stats?.memoryIs], ['measured', 'measured']);
    assert.ok(!findings.some(({ id }) => id === 'near-estimate'));
  });

  it('marks time and memory near the limit as estimates', async () => {
    const near = { kind: 'precheck', memoryLimit: 3_500_000n, prepTimeoutMs: 3000 } as const;
    const job = jobFor(blobOf(tinyPvf), profile, near);
    const { findings } = await reportOf(prepared, { worker: builtIn, job });
    const { message: time, data } = findings.find(({ id }) => id === 'near-limit-cpu-time') ?? {};
    assert.match(time ?? '', /≈2\.3 s of 3 s, ≈75 %\.$/);
    assert.equal(data?.['estimated'], true);
    const memory = findings.find(({ id }) => id === 'near-limit-memory')?.message;
    assert.match(memory ?? '', /≈2\.9 MiB of 3\.34 MiB, ≈86 %\.$/);
    assert.equal(findings.filter(({ id }) => id === 'near-estimate').length, 1);
    const far = await reportOf(prepared, { worker: builtIn });
    assert.ok(!far.findings.some(({ id }) => id === 'near-estimate'));
    const measured = await reportOf(prepared, { job });
    assert.ok(!measured.findings.some(({ id }) => id === 'near-estimate'));
  });

  for (const kind of ['timed-out', 'out-of-memory'] as const) {
    it(`says that an estimate ended a ${kind} job`, async () => {
      const { vote, conclusion, findings } = await reportOf(outcomes[kind], { worker: builtIn });
      assert.equal(vote, 'reject');
      assert.match(conclusion.reason, /estimated \(±15 %\) the (time|memory) that a native worker would need\.$/);
      assert.match(findings[0]?.message ?? '', /, as estimated for a native worker\.$/);
      assert.equal(findings[1]?.id, 'near-estimate');
    });
  }

  it('is undecided when the wall-clock time ran out for the built-in worker, which is slower', async () => {
    const outcome: Outcome = { kind: 'timed-out', clock: 'wall', limitMs: 240_000 };
    const { vote, conclusion, findings } = await reportOf(outcome, { worker: builtIn }, plainPvf);
    assert.equal(vote, 'undecided');
    assert.match(conclusion.reason, /after 240 s of wall-clock time\. The built-in worker is slower/);
    const { id, message = '', hint = '' } = findings[0] ?? {};
    assert.equal(id, 'preparation-timeout');
    assert.doesNotMatch(message, /estimate/);
    assert.match(message, /says nothing about the runtime\.$/);
    assert.doesNotMatch(`${message} ${hint}`, /[Vv]alidators|pallets/, 'neither contradicts the vote');
  });

  it('blames the runtime when the wall-clock time ran out for a worker that measures', async () => {
    const outcome: Outcome = { kind: 'timed-out', clock: 'wall', limitMs: 240_000 };
    for (const measuring of [worker, { ...builtIn, figures: 'measured' as const }]) {
      const { vote, findings } = await reportOf(outcome, { worker: measuring }, plainPvf);
      assert.equal(vote, 'reject');
      assert.match(findings[0]?.hint ?? '', /^Slower validators time out even earlier\./);
    }
  });

  it('reports an inspection without a preparation', async () => {
    const { preparation: _, worker: __, ...parts } = await partsOf(prepared, plainPvf);
    const earlier = await reportOf(prepared, {}, plainPvf);
    const report = assembleReport({ ...parts, baseline: { ...earlier, is: 'build' } });
    assert.deepEqual(schemaErrors(report), []);
    assert.equal(report.vote, 'undecided');
    assert.equal(report.conclusion.status, 'pass');
    assert.match(report.conclusion.reason, /It was not prepared, so the vote is unknown\.$/);
    assert.ok(!('job' in report) && !('outcome' in report) && !('stats' in report));
    assert.deepEqual(itemIds(report), ['code-size', 'raw-code-size']);
    assert.deepEqual(
      report.findings.map(({ id }) => id),
      ['not-compressed', 'identical-code'],
    );
  });
});
