import assert from 'node:assert/strict';
import { formatReports, type ReportFormat, reportFormats } from '../../../src/report/format.ts';
import { accepted, rejected } from '../../support/sample-reports.ts';

const starts: Readonly<Record<ReportFormat, RegExp>> = {
  text: /^PASS {2}hydradx 408 {2}\(vote: accept\)\n/,
  json: /^\{\n {2}"schemaVersion": 1,/,
  markdown: /^<!-- pvf-report -->\n## ✅ PASS: hydradx 408 \(vote: accept\)\n/,
  sarif: /^\{\n {2}"\$schema"/,
  html: /^<!doctype html>\n/,
  line: /^[^\n]+\.wasm:1: warning\[/,
  junit: /^<\?xml version="1.0" encoding="UTF-8"\?>\n/,
};

describe('formatReports', () => {
  it('has each format', () => assert.deepEqual([...reportFormats].sort(), Object.keys(starts).sort()));

  for (const format of reportFormats) {
    it(`ends ${format} with one newline`, () => {
      const text = formatReports([accepted], format, { colour: false, verbose: false, rules: [] });
      assert.match(text, starts[format]);
      assert.match(text, /[^\n]\n$/);
    });

    it(`${format} has ${format === 'text' ? 'optional' : 'no'} colour`, () => {
      const coloured = formatReports([accepted], format, { colour: true, verbose: false, rules: [] });
      assert.equal(coloured.includes('\u001b['), format === 'text');
    });
  }

  it('prints one report as a JSON object, several and none as an array', () => {
    const json = (...reports: Parameters<typeof formatReports>[0]) =>
      JSON.parse(formatReports(reports, 'json', { colour: false, verbose: false, rules: [] }));
    assert.deepEqual(json(accepted), accepted);
    assert.deepEqual(json(accepted, rejected), [accepted, rejected]);
    assert.deepEqual(json(), []);
  });
});
