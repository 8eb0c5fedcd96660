import assert from 'node:assert/strict';
import type { Baseline } from '../../../../src/check/baseline.ts';
import { rules } from '../../../../src/check/rules/index.ts';
import { runRules } from '../../../../src/check/rules/run.ts';
import type { Finding, Report } from '../../../../src/model/report.ts';
import { accepted } from '../../../support/sample-reports.ts';

interface Changed {
  readonly storedBytes?: number;
  readonly rawBytes?: number;
  readonly cpuTimeMs?: number;
  readonly artifactBytes?: number;
}

/** The accepted report of a later version, with other figures. */
function rebuilt({ storedBytes, rawBytes, cpuTimeMs, artifactBytes }: Changed): Pick<Report, 'runtime' | 'stats'> {
  const { runtime, stats } = accepted;
  assert.ok(stats);
  return {
    runtime: {
      ...runtime,
      codeHash: `0x${'11'.repeat(32)}`,
      specVersion: (runtime.specVersion ?? 0) + 1,
      ...(storedBytes !== undefined && { storedBytes }),
      ...(rawBytes !== undefined && { rawBytes }),
    },
    stats: {
      ...stats,
      ...(cpuTimeMs !== undefined && { cpuTimeMs }),
      ...(artifactBytes !== undefined && { artifactBytes }),
    },
  };
}

const earlier: Baseline = { ...accepted, is: 'build' };

const baselineFindings = (baseline: Baseline, current: Pick<Report, 'runtime' | 'stats'>) =>
  runRules(rules.comparison, { baseline, current });

const storedBytes = accepted.runtime.storedBytes;
const idsOf = (findings: readonly Finding[]) => findings.map(({ id }) => id);

describe('the rules about a comparison', () => {
  it('warn of growth by 5 % or more, and note less', () => {
    const baseline: Baseline = { ...earlier, runtime: { ...accepted.runtime, storedBytes: 1_000_000 } };
    const severity = (now: number) => baselineFindings(baseline, rebuilt({ storedBytes: now }))[0]?.severity;
    assert.equal(severity(1_050_000), 'warning');
    assert.equal(severity(1_049_999), 'information');
    assert.equal(severity(1_000_001), 'information');
    assert.equal(severity(1), 'information');
  });

  it('never compare an estimate of the CPU time with a measurement', () => {
    const now = rebuilt({ cpuTimeMs: 46_000 });
    const { stats: then } = accepted;
    assert.ok(then && now.stats);
    const byEstimate: Baseline = { ...earlier, stats: { ...then, cpuTimeIs: 'estimated' } };
    assert.deepEqual(baselineFindings(byEstimate, now), []);
    const both = baselineFindings(byEstimate, { ...now, stats: { ...now.stats, cpuTimeIs: 'estimated' } });
    assert.deepEqual(idsOf(both), ['growth-cpu-time']);
    assert.match(both[0]?.message ?? '', /≈23 s to ≈46 s\.$/);
  });

  it('ignore a change that is smaller than the error of an estimate', () => {
    const { stats: then } = accepted;
    assert.ok(then);
    const estimate: Baseline = { ...earlier, stats: { ...then, cpuTimeIs: 'estimated', cpuTimeMs: 10_000 } };
    const now = (cpuTimeMs: number) => {
      const { stats, ...rest } = rebuilt({ cpuTimeMs });
      assert.ok(stats);
      return { ...rest, stats: { ...stats, cpuTimeIs: 'estimated' as const } };
    };
    for (const ms of [11_400, 8600]) assert.deepEqual(baselineFindings(estimate, now(ms)), []);
    assert.deepEqual(idsOf(baselineFindings(estimate, now(12_000))), ['growth-cpu-time']);
    assert.deepEqual(idsOf(baselineFindings(estimate, now(8000))), ['shrinkage-cpu-time']);
  });

  it('show both figures', () => {
    const [finding, ...others] = baselineFindings(earlier, rebuilt({ storedBytes: storedBytes * 2 }));
    assert.deepEqual(others, []);
    assert.equal(finding?.id, 'growth-stored-bytes');
    assert.match(
      finding?.message ?? '',
      /^The blob as stored grew by 100\.0 % since the baseline: 2\.99 MiB to 5\.98 MiB\.$/,
    );
    assert.deepEqual(finding?.data, { was: storedBytes, now: storedBytes * 2 });
  });

  it('compare each size and the time', () => {
    const now = rebuilt({ storedBytes: 1, rawBytes: 99_999_999, cpuTimeMs: 1, artifactBytes: 999_999_999 });
    assert.deepEqual(idsOf(baselineFindings(earlier, now)), [
      'shrinkage-stored-bytes',
      'growth-raw-bytes',
      'growth-artifact-bytes',
      'shrinkage-cpu-time',
    ]);
    const { message } = baselineFindings(earlier, rebuilt({ cpuTimeMs: 30_000 }))[0] ?? {};
    assert.match(message ?? '', /^CPU time of the preparation grew by 29\.8 % .*: 23\.11 s to 30 s\.$/);
  });

  it('find nothing when nothing changed or one side is unknown', () => {
    assert.deepEqual(baselineFindings(earlier, rebuilt({})), []);
    const { stats: _, ...withoutStats } = accepted;
    assert.deepEqual(
      baselineFindings({ ...withoutStats, is: 'build' }, rebuilt({ cpuTimeMs: 1, artifactBytes: 1 })),
      [],
    );
    assert.deepEqual(baselineFindings(earlier, { runtime: rebuilt({}).runtime }), []);
  });

  it('find identical code', () => {
    const [finding, ...others] = baselineFindings(earlier, accepted);
    assert.deepEqual(others, []);
    assert.equal(finding?.id, 'identical-code');
    assert.match(finding?.hint ?? '', /relay chain rejects an upgrade to the same code/);
  });

  describe('with the rules of the chain', () => {
    const { runtime } = accepted;
    type Change = Partial<Report['runtime']>;
    const other = `0x${'11'.repeat(32)}`;

    /** What `change` makes of the accepted report, as `id: severity`. */
    const against = (is: Baseline['is'], change: Change) =>
      baselineFindings({ ...earlier, is }, { runtime: { ...runtime, ...change } });
    const listed = (is: Baseline['is'], change: Change) =>
      against(is, change).map(({ id, severity }) => `${id}: ${severity}`);

    const cases: Readonly<
      Record<string, readonly [change: Change, chain: readonly string[], build: readonly string[]]>
    > = {
      'a raised spec_version': [{ codeHash: other, specVersion: 409 }, [], []],
      'the same spec_version': [
        { codeHash: other },
        ['spec-version-not-raised: error'],
        ['spec-version-not-raised: information'],
      ],
      'a lower spec_version': [
        { codeHash: other, specVersion: 407 },
        ['spec-version-not-raised: error'],
        ['spec-version-not-raised: information'],
      ],
      'another spec_name': [
        { codeHash: other, specVersion: 409, specName: 'basilisk' },
        ['spec-name-differs: error'],
        ['spec-name-differs: warning'],
      ],
      'a lower transaction_version': [
        { codeHash: other, specVersion: 409, transactionVersion: 0 },
        ['transaction-version-lowered: warning'],
        ['transaction-version-lowered: warning'],
      ],
      'the same code': [
        {},
        ['identical-code: error', 'spec-version-not-raised: error'],
        ['identical-code: information'],
      ],
    };
    for (const [name, [change, chain, build]] of Object.entries(cases)) {
      it(`judges ${name} by what the baseline is`, () => {
        assert.deepEqual(listed('chain', change), chain);
        assert.deepEqual(listed('build', change), build);
      });
    }

    it('names the error of the chain', () => {
      const messages = against('chain', { codeHash: other, specName: 'basilisk' }).map(({ message }) => message);
      assert.match(
        messages[0] ?? '',
        /^spec_name is basilisk, but that of the baseline is hydradx\. .*InvalidSpecName\.$/,
      );
      assert.match(messages[1] ?? '', /^spec_version is still 408\. .*SpecVersionNeedsToIncrease\.$/);
    });

    it('says nothing about versions that are unknown', () => {
      const { specVersion: _, specName: __, transactionVersion: ___, ...unknown } = runtime;
      assert.deepEqual(baselineFindings({ ...earlier, is: 'chain' }, { runtime: { ...unknown, codeHash: other } }), []);
    });
  });
});
