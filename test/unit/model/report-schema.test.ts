import assert from 'node:assert/strict';
import { parseReport } from '../../../src/model/report.ts';
import { formatJson } from '../../../src/report/format.ts';
import { schemaErrors } from '../../support/report-schema.ts';
import { sampleReports } from '../../support/sample-reports.ts';

describe('report.schema.json and parseReport', () => {
  for (const [name, report] of Object.entries(sampleReports)) {
    it(`accept the printed ${name} report`, () => {
      const printed: unknown = JSON.parse(formatJson([report]));
      assert.deepEqual(schemaErrors(printed), []);
      assert.deepEqual(parseReport(printed), { kind: 'valid', value: report });
    });
  }

  const good = sampleReports.accepted;
  const invalid: Readonly<Record<string, readonly [report: unknown, path: string, keyword: string]>> = {
    'another schema version': [{ ...good, schemaVersion: 2 }, '/schemaVersion', 'const'],
    'an unknown member': [{ ...good, extra: 1 }, '', 'additionalProperties'],
    'a nested unknown member': [{ ...good, stats: { ...good.stats, cpuTime: 1 } }, '/stats', 'additionalProperties'],
    'a local time': [{ ...good, createdAt: '2026-11-23T22:30:00+01:00' }, '/createdAt', 'pattern'],
    'a code hash without 0x': [
      { ...good, runtime: { ...good.runtime, codeHash: good.runtime.codeHash.slice(2) } },
      '/runtime/codeHash',
      'pattern',
    ],
    'a code hash in capitals': [
      { ...good, runtime: { ...good.runtime, codeHash: `0x${'AB'.repeat(32)}` } },
      '/runtime/codeHash',
      'pattern',
    ],
    'an unknown outcome': [{ ...good, outcome: { kind: 'fine' } }, '/outcome/kind', 'enum'],
    'a negative size': [{ ...good, runtime: { ...good.runtime, rawBytes: -1 } }, '/runtime/rawBytes', 'minimum'],
    'half a byte': [{ ...good, runtime: { ...good.runtime, rawBytes: 1.5 } }, '/runtime/rawBytes', 'type'],
    'null for an unknown value': [
      { ...good, stats: { ...good.stats, artifactBytes: null } },
      '/stats/artifactBytes',
      'type',
    ],
    'a finding id that is not kebab-case': [
      { ...good, findings: [{ id: 'Near Limit', severity: 'warning', message: '' }] },
      '/findings/0/id',
      'pattern',
    ],
    'nested finding data': [
      { ...good, findings: [{ id: 'x', severity: 'warning', message: '', data: { deep: {} } }] },
      '/findings/0/data/deep',
      'anyOf',
    ],
  };

  for (const [name, [report, path, keyword]] of Object.entries(invalid)) {
    it(`reject ${name}`, () => {
      const errors = schemaErrors(report);
      assert.ok(
        errors.some((error) => error.instancePath === path && error.keyword === keyword),
        `expected ${keyword} at "${path}", got ${JSON.stringify(errors)}`,
      );
      if (keyword === 'additionalProperties') return;
      const parsed = parseReport(report);
      assert.equal(parsed.kind, 'invalid');
      const member = path
        .slice(1)
        .replaceAll('/', '.')
        .replace(/\.(\d+)/g, '[$1]');
      assert.ok(parsed.kind === 'invalid' && parsed.problem.startsWith(`${member} must `), JSON.stringify(parsed));
    });
  }

  for (const member of ['schemaVersion', 'tool', 'createdAt', 'runtime', 'limits', 'findings', 'conclusion']) {
    it(`reject a report without ${member}`, () => {
      const rest = Object.fromEntries(Object.entries(good).filter(([key]) => key !== member));
      assert.deepEqual(
        schemaErrors(rest).map(({ keyword, params }) => [keyword, params]),
        [['required', { missingProperty: member }]],
      );
      assert.deepEqual(parseReport(rest), { kind: 'invalid', problem: `${member} is missing` });
    });
  }
});

describe('parseReport', () => {
  const { accepted } = sampleReports;

  it('removes unknown members', () => {
    const later = { ...accepted, weather: 'fair', stats: { ...accepted.stats, colour: 'red' } };
    assert.deepEqual(parseReport(later), { kind: 'valid', value: accepted });
  });

  const hostile: Readonly<Record<string, readonly [value: unknown, problem: RegExp]>> = {
    null: [null, /^the value must be an object, not null$/],
    'a text': ['ACCEPT', /^the value must be an object, not "ACCEPT"$/],
    'a list': [[], /^schemaVersion is missing$/],
    'a member that sets the prototype': [
      JSON.parse(`{"__proto__": ${JSON.stringify(accepted)}}`),
      /schemaVersion is missing/,
    ],
    'a very long text': [{ ...accepted, createdAt: 'x'.repeat(1e6) }, /^createdAt must look like .{1,80}$/],
    'a text instead of a list': [
      { ...accepted, findings: 'x'.repeat(1e6) },
      /^findings must be an array, not "x{59}…$/,
    ],
  };
  for (const [name, [value, problem]] of Object.entries(hostile)) {
    it(`rejects ${name} with a reason`, () => {
      const parsed = parseReport(value);
      assert.equal(parsed.kind, 'invalid');
      assert.match(parsed.kind === 'invalid' ? parsed.problem : '', problem);
    });
  }

  it('never sets the prototype from finding data', () => {
    const data = JSON.parse('{"__proto__": 1, "was": 2}');
    const parsed = parseReport({ ...accepted, findings: [{ id: 'x', severity: 'warning', message: '', data }] });
    assert.deepEqual(parsed.kind === 'valid' && parsed.value.findings[0]?.data, { was: 2 });
  });
});
