import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { ruleInfos } from '../../../src/check/rules/index.ts';
import type { Report } from '../../../src/model/report.ts';
import { formatSarif } from '../../../src/report/sarif.ts';
import {
  accepted,
  estimated,
  inspected,
  rejected,
  sampleReports,
  timedOut,
  undecided,
} from '../../support/sample-reports.ts';
import { anyReport } from './arbitrary.ts';

interface Location {
  readonly uri: string;
  readonly uriBaseId?: string;
  readonly index?: number;
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: Location; readonly region: { readonly startLine: number } };
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly properties?: object;
}

interface Run {
  readonly tool: {
    readonly driver: {
      readonly name: string;
      readonly version: string;
      readonly rules: readonly {
        readonly id: string;
        readonly shortDescription: { readonly text: string };
        readonly fullDescription: { readonly text: string };
        readonly help: { readonly text: string; readonly markdown?: string };
        readonly defaultConfiguration: { readonly level: string };
      }[];
    };
  };
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications?: readonly {
      readonly level: string;
      readonly message: { readonly text: string };
    }[];
  }[];
  readonly artifacts: readonly { readonly location: Location; readonly length: number; readonly hashes: object }[];
  readonly results: readonly Result[];
}

function runOf(reports: readonly Report[]): Run {
  const log = JSON.parse(formatSarif(reports, ruleInfos));
  assert.equal(log.version, '2.1.0');
  assert.match(log.$schema, /sarif-2\.1\.0\.json$/);
  assert.equal(log.runs.length, 1);
  return log.runs[0];
}

const levels = ['error', 'warning', 'note'];
const uriCharacters = /^[A-Za-z0-9\-._~:/@!$&'()*+,;=%]*$/;

/** The members that SARIF 2.1.0 and GitHub's code scanning require. */
function assertStructure(run: Run): void {
  const { driver } = run.tool;
  assert.ok(driver.name.length > 0 && driver.version.length > 0);
  const ids = driver.rules.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const rule of driver.rules) {
    for (const { text } of [rule.shortDescription, rule.fullDescription, rule.help]) assert.ok(text.length > 0);
    assert.ok(levels.includes(rule.defaultConfiguration.level));
  }
  for (const result of run.results) {
    assert.equal(ids[result.ruleIndex], result.ruleId);
    assert.ok(levels.includes(result.level));
    assert.ok(result.message.text.length > 0);
    assert.equal(result.locations.length, 1);
    for (const { physicalLocation } of result.locations) {
      const { artifactLocation, region } = physicalLocation;
      assert.ok(region.startLine >= 1);
      assert.match(artifactLocation.uri, uriCharacters);
      const { index, ...location } = artifactLocation;
      assert.deepEqual(run.artifacts[index ?? -1]?.location, location);
    }
    assert.ok((result.partialFingerprints['primaryLocationLineHash'] ?? '').length > 0);
  }
}

function uriOf(path: string): Location | undefined {
  return runOf([{ ...rejected, runtime: { ...rejected.runtime, path } }]).artifacts[0]?.location;
}

describe('formatSarif', () => {
  it('has one notification of the run about estimates', () => {
    const [{ toolExecutionNotifications: notes = [] } = {}] = runOf([accepted, estimated, estimated]).invocations;
    assert.equal(notes.length, 1);
    assert.equal(notes[0]?.level, 'note');
    assert.match(notes[0]?.message.text ?? '', /^CPU time and memory are estimates \(±15 %\)/);
    assert.deepEqual(Object.keys(runOf([accepted]).invocations[0] ?? {}), ['executionSuccessful']);
  });

  for (const [name, report] of Object.entries(sampleReports)) {
    it(`has the required members for the ${name} report`, () => assertStructure(runOf([report])));
  }

  it('puts several reports in one run', () => {
    const reports = Object.values(sampleReports);
    const run = runOf(reports);
    assertStructure(run);
    const files = reports.map(({ runtime }) => [runtime.path, runtime.codeHash].join());
    assert.equal(run.artifacts.length, new Set(files).size);
    assert.ok(run.results.length > reports.length);
  });

  it('has no result for an accepted runtime blob without findings', () => {
    assert.deepEqual(runOf([{ ...accepted, findings: [] }]).results, []);
  });

  it('has a rule for a rejecting verdict and for each finding', () => {
    const run = runOf([rejected]);
    assert.deepEqual(
      run.results.map(({ ruleId, level }) => [ruleId, level]),
      [
        ['pvf/reject', 'error'],
        ['pvf/opcode-sign-extension', 'error'],
        ['pvf/weakly-compressed', 'note'],
      ],
    );
    assert.match(run.results[0]?.message.text ?? '', /UnknownOpcode\(192\)/);
    assert.match(run.results[2]?.message.text ?? '', /level 22/);
  });

  it('describes a rule with its title, docs and severity, without an address', () => {
    const rules = new Map(
      runOf([rejected, accepted, sampleReports.hostile]).tool.driver.rules.map((rule) => [rule.id, rule]),
    );
    const info = ruleInfos.find(({ id }) => id === 'opcode-sign-extension');
    assert.deepEqual(rules.get('pvf/opcode-sign-extension'), {
      id: 'pvf/opcode-sign-extension',
      shortDescription: { text: info?.title },
      fullDescription: { text: info?.title },
      help: { text: info?.docs, markdown: info?.docs },
      defaultConfiguration: { level: 'error' },
    });
    // A mild case of growth is a note. The rule is still a warning.
    assert.equal(rules.get('pvf/growth-stored-bytes')?.defaultConfiguration.level, 'warning');
    assert.match(rules.get('pvf/reject')?.help.markdown ?? '', /polkadot PR 6492/);
  });

  it('describes a finding without a rule by its id and hint, as plain text', () => {
    const rule = runOf([sampleReports.hostile]).tool.driver.rules.find(({ id }) => id === 'pvf/odd');
    assert.equal(rule?.shortDescription.text, 'Odd.');
    assert.deepEqual(rule?.help, { text: 'See https://example.org/a_b?c=1&d=2.' });
  });

  it('keeps the data of a finding', () => {
    const near = runOf([accepted]).results.find(({ ruleId }) => ruleId === 'pvf/near-limit-code-size');
    assert.equal(near?.level, 'warning');
    assert.deepEqual(near?.properties, { used: 3_135_113, limit: 3_145_728 });
  });

  it('distinguishes a failure of this machine from an inspection', () => {
    const failed = runOf([undecided]);
    assert.deepEqual([failed.results[0]?.ruleId, failed.results[0]?.level], ['pvf/undecided', 'warning']);
    assert.equal(failed.invocations[0]?.executionSuccessful, false);
    const looked = runOf([inspected]);
    assert.ok(looked.results.every(({ ruleId }) => ruleId !== 'pvf/undecided'));
    assert.equal(looked.invocations[0]?.executionSuccessful, true);
    assert.equal(runOf([timedOut]).invocations[0]?.executionSuccessful, true);
  });

  it('keeps the fingerprint when only the bytes change, and distinguishes results of one rule', () => {
    const [finding] = accepted.findings;
    assert.ok(finding !== undefined);
    const twice = { ...accepted, findings: [finding, finding] };
    const rebuilt = {
      ...twice,
      runtime: { ...accepted.runtime, storedBytes: 1, codeHash: rejected.runtime.codeHash, specVersion: 409 },
    };
    const prints = (report: Report) => runOf([report]).results.map(({ partialFingerprints }) => partialFingerprints);
    assert.deepEqual(prints(twice), prints(rebuilt));
    assert.notDeepEqual(prints(twice)[0], prints(twice)[1]);
  });

  it('describes the file with its length and code hash', () => {
    const [artifact] = runOf([accepted]).artifacts;
    assert.equal(artifact?.length, 3_135_113);
    assert.deepEqual(artifact?.hashes, { 'blake2b-256': accepted.runtime.codeHash.slice(2) });
  });

  it('turns a relative path into a relative URI below the source root', () => {
    assert.deepEqual(uriOf('./out/a b#1.wasm'), { uri: 'out/a%20b%231.wasm', uriBaseId: '%SRCROOT%' });
    assert.deepEqual(uriOf('../other/a.wasm'), { uri: '../other/a.wasm' });
  });

  it('turns an absolute path into a relative URI inside the working directory, else into a file URI', () => {
    assert.deepEqual(uriOf(resolve('out/a.wasm')), { uri: 'out/a.wasm', uriBaseId: '%SRCROOT%' });
    const outside = join(resolve('..'), 'a b.wasm');
    assert.deepEqual(uriOf(outside), { uri: pathToFileURL(outside).href });
  });

  it('holds any text', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const path = report.runtime.path.replaceAll('\0', '');
        assertStructure(runOf([{ ...report, runtime: { ...report.runtime, path }, findings: [] }]));
      }),
    );
  });
});
