import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Report } from '../../../src/model/report.ts';
import { formatJunit } from '../../../src/report/junit.ts';
import {
  accepted,
  estimated,
  inspected,
  overBudget,
  overLimit,
  refusedLater,
  rejected,
  sampleReports,
  undecided,
} from '../../support/sample-reports.ts';
import { anyReport } from './arbitrary.ts';
import { type Element, parseXml } from './xml.ts';

function suiteOf(reports: readonly Report[]): Element {
  const root = parseXml(formatJunit(reports));
  assert.equal(root.name, 'testsuites');
  const [suite, ...others] = root.children;
  assert.ok(suite !== undefined && suite.name === 'testsuite' && others.length === 0);
  return suite;
}

function caseOf(report: Report, name: string): Element {
  const found = suiteOf([report]).children.find((test) => test.attributes['name'] === name);
  assert.ok(found !== undefined, `no test case ${name}`);
  return found;
}

const childNames = (element: Element) => element.children.map(({ name }) => name);

describe('formatJunit', () => {
  it('has a test case per report and per limit, and counts them', () => {
    const reports = Object.values(sampleReports);
    const suite = suiteOf(reports);
    const expected = reports.reduce(
      (sum, { limits }) => sum + 1 + limits.items.length + (limits.pending?.length ?? 0),
      0,
    );
    const counted = (name: string) => suite.children.filter((test) => childNames(test).includes(name)).length;
    assert.equal(suite.children.length, expected);
    assert.equal(suite.attributes['tests'], `${expected}`);
    assert.equal(suite.attributes['failures'], `${counted('failure')}`);
    assert.equal(suite.attributes['errors'], `${counted('error')}`);
    assert.equal(suite.attributes['skipped'], `${counted('skipped')}`);
    assert.deepEqual([counted('failure'), counted('error'), counted('skipped')], [13, 2, 0]);
    assert.deepEqual(parseXml(formatJunit(reports)).attributes['tests'], `${expected}`);
  });

  it('has a test case for each set of scheduled limits', () => {
    const states = ['limits from session 12340', 'limits from session 12350', 'limits scheduled'].map((name) =>
      childNames(caseOf(refusedLater, name)),
    );
    assert.deepEqual(states, [['system-out'], ['failure'], ['error']]);
    const [failure] = caseOf(refusedLater, 'limits from session 12350').children;
    assert.match(failure?.attributes['message'] ?? '', /^vote: reject; .*memory 379\.76 MiB of 256\.00 MiB/);
  });

  it('shows times in seconds, and omits unknown times', () => {
    assert.equal(caseOf(accepted, 'conclusion').attributes['time'], '23.392');
    assert.equal(caseOf(accepted, 'cpu-time').attributes['time'], undefined);
    assert.equal(caseOf(inspected, 'conclusion').attributes['time'], undefined);
    assert.equal(suiteOf([accepted, rejected, inspected]).attributes['time'], '23.804');
    assert.equal(suiteOf([inspected]).attributes['time'], undefined);
    assert.equal(suiteOf([accepted]).attributes['timestamp'], '2026-11-23T22:30:00');
  });

  it('fails a rejected report with the variant and the message', () => {
    const [failure] = caseOf(rejected, 'conclusion').children;
    assert.equal(failure?.name, 'failure');
    assert.deepEqual(failure?.attributes, { message: rejected.conclusion.reason, type: 'Prevalidation' });
    assert.match(failure?.text ?? '', /UnknownOpcode\(192\)/);
  });

  it('fails only the limits and budgets that are exceeded', () => {
    assert.deepEqual(childNames(caseOf(overLimit, 'code-size')), ['failure']);
    assert.deepEqual(childNames(caseOf(overLimit, 'raw-code-size')), ['system-out']);
    assert.deepEqual(childNames(caseOf(overBudget, 'stored-bytes-budget')), ['failure']);
    assert.deepEqual(childNames(caseOf(overBudget, 'conclusion')), ['failure', 'system-out']);
    assert.deepEqual(childNames(caseOf(accepted, 'conclusion')), ['system-out']);
  });

  it('reports a failure of this machine as an error, and an inspection like any other check', () => {
    const [error] = caseOf(undecided, 'conclusion').children;
    assert.deepEqual([error?.name, error?.attributes['type']], ['error', 'no-worker']);
    assert.equal(caseOf(inspected, 'conclusion').children[0]?.attributes['type'], 'no-validate-block');
  });

  it('puts the findings in the output of the conclusion', () => {
    const output = caseOf(rejected, 'conclusion').children.find(({ name }) => name === 'system-out');
    assert.match(output?.text ?? '', /^vote: reject\nerror\[opcode-sign-extension\]: .*\n {2}help: /);
  });

  it('marks estimates in the output of the conclusion and of each limit', () => {
    const outputOf = (name: string) =>
      caseOf(estimated, name).children.find((child) => child.name === 'system-out')?.text;
    assert.match(
      outputOf('conclusion') ?? '',
      /^vote: accept\nCPU time and memory are estimates \(±15 %\), because the built-in worker was used\./,
    );
    assert.equal(outputOf('cpu-time'), 'CPU time: ≈7.2 s of 60 s, ≈12 %');
    assert.equal(outputOf('memory'), 'Peak memory: ≈110 MiB of 2.00 GiB, ≈5 %');
  });

  it('gives each test case a unique name', () => {
    const other = { ...accepted, runtime: { ...accepted.runtime, path: 'target/debug/hydradx.wasm' } };
    const names = suiteOf([accepted, other, rejected]).children.map(
      ({ attributes }) => `${attributes['classname']} ${attributes['name']}`,
    );
    assert.equal(new Set(names).size, names.length);
  });

  it('is an empty suite without a report', () => assert.deepEqual(suiteOf([]).children, []));

  it('holds any text except characters that XML does not allow', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const legal = (text: string) => text.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '');
        const [failure, output] = caseOf(report, 'conclusion').children;
        assert.equal(
          failure?.attributes['message']?.replaceAll('\t', ' '),
          legal(report.conclusion.reason).replaceAll('\t', ' '),
        );
        assert.ok(failure?.text.includes(legal(report.outcome?.error?.message ?? '')));
        assert.ok(output?.text.includes(legal(report.findings[0]?.message ?? '')));
      }),
    );
  });
});
