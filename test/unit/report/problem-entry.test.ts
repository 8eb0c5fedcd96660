/** The entry of a file that is no runtime, in every format. */
import assert from 'node:assert/strict';
import type { Log } from 'sarif';
import { ruleInfos } from '../../../src/check/rules/index.ts';
import type { ProblemEntry, ReportEntry } from '../../../src/model/input-problem.ts';
import { formatReports, type ReportFormat } from '../../../src/report/format.ts';
import { reportSchema, schemaErrors } from '../../support/report-schema.ts';
import { accepted } from '../../support/sample-reports.ts';
import { parseXml } from './xml.ts';

const { schemaVersion, tool, createdAt } = accepted;
const problem: ProblemEntry = {
  schemaVersion,
  tool,
  createdAt,
  path: 'out/a|b <x>.wasm',
  problem: { id: 'html-page', message: 'This is an HTML page.', remedy: 'Download the file again.' },
};
const missing: ProblemEntry = {
  ...problem,
  path: 'none.wasm',
  problem: { id: 'missing', message: 'The file does not exist.', remedy: 'Check the path.' },
};

function format(entries: readonly ReportEntry[], name: ReportFormat): string {
  return formatReports(entries, name, { colour: false, verbose: false, rules: ruleInfos });
}

describe('the entry of a file that is no runtime', () => {
  it('is an object of its own in JSON, in the order of the files', () => {
    assert.deepEqual(schemaErrors(problem), []);
    assert.deepEqual(JSON.parse(format([problem], 'json')), problem);
    assert.deepEqual(JSON.parse(format([problem, accepted, missing], 'json')), [problem, accepted, missing]);
  });

  it('is rejected by the schema with a vote, or without its remedy', () => {
    assert.notDeepEqual(schemaErrors({ ...problem, vote: 'reject' }), []);
    assert.notDeepEqual(schemaErrors({ ...problem, problem: { id: 'x', message: 'y' } }), []);
    assert.deepEqual(reportSchema.anyOf, [{ $ref: '#/$defs/Report' }, { $ref: '#/$defs/ProblemEntry' }]);
  });

  it('is a block of the text', () => {
    assert.equal(
      format([problem], 'text'),
      'NOT A RUNTIME  out/a|b <x>.wasm\n  This is an HTML page.\n  help: Download the file again.\n',
    );
    assert.match(format([missing], 'text'), /^NOT READ {2}none\.wasm\n/);
    const several = format([accepted, problem], 'text');
    assert.match(several, /\n1 runtime blob: 1 passes; 1 near a limit\. 1 file is no runtime, or can not be read\.\n$/);
  });

  it('is a section of the Markdown, and a row of its overview', () => {
    const alone = format([problem], 'markdown');
    assert.match(alone, /^## ❌ not a runtime: out\/a/m);
    assert.match(alone, /`html-page` This is an HTML page\.<br>Download the file again\.\n$/);
    assert.match(format([accepted, problem], 'markdown'), /\n\| ❌ not a runtime \| +\| `out\/a\\\|b <x>\.wasm` \|/);
  });

  it('is an error result in SARIF, with its rule and file', () => {
    const log = JSON.parse(format([accepted, problem], 'sarif')) as Log;
    const [run] = log.runs;
    const result = run?.results?.find(({ ruleId }) => ruleId === 'pvf/html-page');
    assert.equal(result?.level, 'error');
    assert.equal(result?.message.text, 'This is an HTML page.\nDownload the file again.');
    assert.equal(result?.locations?.[0]?.physicalLocation?.artifactLocation?.index, 1);
    const rule = run?.tool.driver.rules?.[result?.ruleIndex ?? -1];
    assert.equal(rule?.id, 'pvf/html-page');
    assert.equal(rule?.shortDescription?.text, 'The file is a web page.');
    assert.equal(run?.artifacts?.length, 2);
    assert.equal(run?.tool.driver.version, tool.version);
  });

  it('is an error of its own test case in JUnit XML', () => {
    const [suite] = parseXml(format([problem], 'junit')).children;
    assert.equal(suite?.attributes['errors'], '1');
    assert.equal(suite?.attributes['tests'], '1');
    const [test] = suite?.children ?? [];
    assert.equal(test?.attributes['classname'], 'pvf.out/a|b <x>_wasm');
    const [error] = test?.children ?? [];
    assert.equal(error?.name, 'error');
    assert.equal(error?.attributes['type'], 'html-page');
    assert.equal(error?.attributes['message'], 'This is an HTML page.');
  });
});
