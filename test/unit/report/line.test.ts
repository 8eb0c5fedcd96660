import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ruleInfos } from '../../../src/check/rules/index.ts';
import type { ProblemEntry } from '../../../src/model/input-problem.ts';
import { formatLines } from '../../../src/report/line.ts';
import { oneLine } from '../../../src/report/terminal.ts';
import { accepted, hostile, rejected, sampleReports } from '../../support/sample-reports.ts';

interface Manifest {
  readonly contributes: {
    readonly problemPatterns: readonly { readonly name: string; readonly patterns: readonly Pattern[] }[];
  };
}
interface Pattern {
  readonly regexp: string;
  readonly file: number;
  readonly line: number;
  readonly severity: number;
  readonly code: number;
  readonly message: number;
}

const { contributes } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as Manifest;
const [pattern] = contributes.problemPatterns.find(({ name }) => name === 'pvf')?.patterns ?? [];
assert.ok(pattern);

/** What VS Code's problem matcher finds. */
function matches(text: string) {
  return text.split('\n').flatMap((line) => {
    const match = new RegExp(pattern?.regexp ?? '').exec(line);
    if (match === null || pattern === undefined) return [];
    const at = (key: Exclude<keyof Pattern, 'regexp'>) => match[pattern[key]];
    return [{ file: at('file'), line: at('line'), severity: at('severity'), code: at('code'), message: at('message') }];
  });
}

describe('formatLines', () => {
  it('prints a line per finding, then the conclusion', () => {
    const [first = '', ...rest] = formatLines([rejected]).split('\n');
    assert.match(first, /^\S+\.wasm:1: error\[[a-z-]+\]: \S/);
    assert.match(rest.at(-2) ?? '', /^\S+\.wasm: FAIL: \S/);
    assert.equal(rest.at(-1), '');
  });

  it('has nothing but the conclusion without findings', () => {
    assert.match(formatLines([{ ...accepted, findings: [] }]), /^[^\n]+: PASS: [^\n]+\n$/);
    assert.equal(formatLines([]), '');
  });

  it('is read by the problem matcher, every finding and no conclusion', () => {
    for (const [name, report] of Object.entries(sampleReports)) {
      const found = matches(formatLines([report]));
      assert.deepEqual(found.map(({ code }) => code).sort(), report.findings.map(({ id }) => id).sort(), name);
      for (const { line } of found) assert.equal(line, '1');
    }
  });

  it('keeps colons, spaces and brackets of a path', () => {
    for (const path of ['C:\\a b\\x.wasm', '/a:b: c/x.wasm', '/a [b]/x.wasm']) {
      const [finding] = rejected.findings;
      assert.ok(finding);
      const report = { ...rejected, runtime: { ...rejected.runtime, path }, findings: [finding] };
      const [found] = matches(formatLines([report]));
      assert.equal(found?.code, finding.id);
      assert.equal(found?.file, oneLine(path));
    }
  });

  it('names the place in the sources if it is known', () => {
    const at = (path: string, line: number) => ({ path, line, column: 4, length: 7 });
    const places = new Map([
      ['manifest', at('/w/Cargo.toml', 1)],
      ['construct-runtime', at('/w/src/lib.rs', 41)],
    ] as const);
    for (const report of [rejected, accepted]) {
      const found = matches(formatLines([report], ruleInfos, () => places));
      assert.ok(found.length > 0);
      for (const { file, line, code } of found) {
        const place = ruleInfos.find(({ id }) => id === code)?.place ?? 'manifest';
        const known = place === 'manifest' || place === 'construct-runtime' ? places.get(place) : undefined;
        assert.equal(file, known?.path ?? report.runtime.path, code);
        assert.equal(line, `${(known?.line ?? 0) + 1}`, code);
      }
    }
  });

  it('shows an allowed error as information', () => {
    const findings = rejected.findings.map((finding) => ({ ...finding, allowed: true as const }));
    const found = matches(formatLines([{ ...rejected, findings }]));
    assert.ok(found.every(({ severity }) => severity === 'info'));
  });

  it('prints a file that is no runtime as an error with its remedy', () => {
    const { tool, createdAt } = accepted;
    const problem = { id: 'zip-archive', message: 'It is a zip archive.', remedy: 'Unpack it.' };
    const entry: ProblemEntry = { schemaVersion: 1, tool, createdAt, path: 'a.zip', problem };
    assert.equal(formatLines([entry]), 'a.zip:1: error[zip-archive]: It is a zip archive. Unpack it.\n');
  });

  it('prints no control characters', () => {
    const text = formatLines([hostile]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    assert.doesNotMatch(text.replaceAll('\n', ''), /[\u0000-\u001f\u007f-\u009f\u202e]/);
    assert.equal(text.split('\n').length, hostile.findings.length + 2);
  });
});
