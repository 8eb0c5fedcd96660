import assert from 'node:assert/strict';
import { type Baseline, baselineFindings, loadBaseline } from '../../../src/check/findings/baseline-findings.ts';
import { ConfigError } from '../../../src/limits/json-file.ts';
import type { Finding, Report } from '../../../src/model/report.ts';
import { formatJson } from '../../../src/report/json.ts';
import { accepted, inspected } from '../../support/sample-reports.ts';
import { useTempFolder } from '../runtime/temp-folder.ts';

interface Changed {
  readonly storedBytes?: number;
  readonly rawBytes?: number;
  readonly cpuTimeMs?: number;
  readonly artifactBytes?: number;
}

/** The accepted report, rebuilt with other figures. */
function rebuilt({ storedBytes, rawBytes, cpuTimeMs, artifactBytes }: Changed): Pick<Report, 'runtime' | 'stats'> {
  const { runtime, stats } = accepted;
  assert.ok(stats);
  return {
    runtime: {
      ...runtime,
      codeHash: `0x${'11'.repeat(32)}`,
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

const storedBytes = accepted.runtime.storedBytes;
const idsOf = (findings: readonly Finding[]) => findings.map(({ id }) => id);

describe('growth since a baseline', () => {
  it('is a warning from 5 % on, below it a note', () => {
    const baseline: Baseline = { ...accepted, runtime: { ...accepted.runtime, storedBytes: 1_000_000 } };
    const severity = (now: number) => baselineFindings(baseline, rebuilt({ storedBytes: now }))[0]?.severity;
    assert.equal(severity(1_050_000), 'warning');
    assert.equal(severity(1_049_999), 'information');
    assert.equal(severity(1_000_001), 'information');
    assert.equal(severity(1), 'information');
  });

  it('never holds an estimate of the CPU time against a measurement', () => {
    const now = rebuilt({ cpuTimeMs: 46_000 });
    const { stats: then } = accepted;
    assert.ok(then && now.stats);
    const byEstimate: Baseline = { ...accepted, stats: { ...then, cpuTimeIs: 'estimated' } };
    assert.deepEqual(baselineFindings(byEstimate, now), []);
    const both = baselineFindings(byEstimate, { ...now, stats: { ...now.stats, cpuTimeIs: 'estimated' } });
    assert.deepEqual(idsOf(both), ['growth-cpu-time']);
    assert.match(both[0]?.message ?? '', /about 23 s to about 46 s\.$/);
  });

  it('tells both figures', () => {
    const [finding, ...others] = baselineFindings(accepted, rebuilt({ storedBytes: storedBytes * 2 }));
    assert.deepEqual(others, []);
    assert.equal(finding?.id, 'growth-stored-bytes');
    assert.match(
      finding?.message ?? '',
      /^The blob as stored grew by 100\.0 % since the baseline: 2\.99 MiB to 5\.98 MiB\.$/,
    );
    assert.deepEqual(finding?.data, { was: storedBytes, now: storedBytes * 2 });
  });

  it('is told of each size and of the time', () => {
    const now = rebuilt({ storedBytes: 1, rawBytes: 99_999_999, cpuTimeMs: 1, artifactBytes: 999_999_999 });
    assert.deepEqual(idsOf(baselineFindings(accepted, now)), [
      'shrinkage-stored-bytes',
      'growth-raw-bytes',
      'growth-artifact-bytes',
      'shrinkage-cpu-time',
    ]);
    const { message } = baselineFindings(accepted, rebuilt({ cpuTimeMs: 30_000 }))[0] ?? {};
    assert.match(message ?? '', /^CPU time of the preparation grew by 29\.8 % .*: 23\.11 s to 30 s\.$/);
  });

  it('is not told where nothing changed or one side is not known', () => {
    assert.deepEqual(baselineFindings(accepted, rebuilt({})), []);
    const { stats: _, ...withoutStats } = accepted;
    assert.deepEqual(baselineFindings(withoutStats, rebuilt({ cpuTimeMs: 1, artifactBytes: 1 })), []);
    assert.deepEqual(baselineFindings(accepted, { runtime: rebuilt({}).runtime }), []);
  });

  it('says when the code is the very same', () => {
    const [finding, ...others] = baselineFindings(accepted, accepted);
    assert.deepEqual(others, []);
    assert.equal(finding?.id, 'identical-code');
    assert.match(finding?.hint ?? '', /refused by the relay chain/);
  });
});

describe('a baseline file', () => {
  const folder = useTempFolder();

  it('is a report as `--json` prints it, with or without a worker', async () => {
    for (const report of [accepted, inspected]) {
      const baseline = await loadBaseline(folder.write('old.json', formatJson([report])));
      assert.deepEqual(baseline.runtime, report.runtime);
    }
  });

  it('may have members that this version does not know', async () => {
    const { runtime } = accepted;
    const later = JSON.stringify({ ...accepted, weather: 'fair', runtime: { ...runtime, colour: 'red' } });
    assert.deepEqual((await loadBaseline(folder.write('old.json', later))).runtime, runtime);
  });

  const refused: Readonly<Record<string, readonly [content: string, cause: RegExp]>> = {
    'several reports': [formatJson([accepted, accepted]), /must be a JSON object/],
    'another schema version': [JSON.stringify({ ...accepted, schemaVersion: 2 }), /no report of schema version 1/],
    'a member of another type': [
      JSON.stringify({ ...accepted, runtime: { ...accepted.runtime, rawBytes: '7' } }),
      /: runtime\.rawBytes must be a number, not "7"\. /,
    ],
    'some other object': ['{"schemaVersion": 1}', /`pvf prepare --json` writes one/],
    'no JSON': ['ACCEPT', /is not JSON/],
  };
  for (const [name, [content, cause]] of Object.entries(refused)) {
    it(`is refused with ${name}`, async () => {
      const path = folder.write('old.json', content);
      await assert.rejects(loadBaseline(path), (error) => {
        assert.ok(error instanceof ConfigError);
        assert.ok(error.message.startsWith(`${path}: `));
        assert.match(error.message, cause);
        return true;
      });
    });
  }
});
