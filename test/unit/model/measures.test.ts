import assert from 'node:assert/strict';
import {
  defaultNear,
  isEstimated,
  limitIds,
  limitOf,
  limits,
  measures,
  measuresForReading,
} from '../../../src/model/measures.ts';
import { accepted, inspected } from '../../support/sample-reports.ts';

const budgetKeys = measures.map(({ budgetKey }) => budgetKey);
const distinct = (values: readonly string[]) => new Set(values).size === values.length;

describe('the table of measured figures', () => {
  it('has unique measures, limits and budget members', () => {
    assert.ok(distinct(measures.map(({ id }) => id)));
    assert.ok(distinct(limitIds));
    assert.ok(distinct(budgetKeys));
  });

  it('has the limit ids of the report format', () => {
    assert.deepEqual(
      [...limitIds],
      [
        'code-size',
        'raw-code-size',
        'cpu-time',
        'memory',
        'stored-bytes-budget',
        'raw-bytes-budget',
        'artifact-bytes-budget',
        'cpu-time-budget',
        'memory-budget',
      ],
    );
  });

  it('has the members of the budget format', () => {
    assert.deepEqual(budgetKeys, ['storedBytes', 'rawBytes', 'artifactBytes', 'cpuTimeMs', 'peakTrackedAlloc']);
  });

  it('reads each value from a report', () => {
    assert.deepEqual(
      measures.map(({ id, value }) => [id, value(accepted), value(inspected)]),
      [
        ['stored-bytes', 3_135_113, 1_711_379],
        ['raw-bytes', 14_896_370, 1_711_379],
        ['artifact-bytes', 67_054_632, undefined],
        ['cpu-time', 23_112.4, undefined],
        ['memory', 398_204_117, undefined],
      ],
    );
  });

  it('has a reading order with time and memory first', () => {
    assert.deepEqual(
      measuresForReading.slice(0, 2).map(({ id }) => id),
      ['cpu-time', 'memory'],
    );
    assert.equal(measuresForReading.length, measures.length);
  });

  it('marks only CPU time and memory as estimates, independently', () => {
    const estimated = (sources: Parameters<typeof isEstimated>[1]) =>
      measures.filter((measure) => isEstimated(measure, sources)).map(({ id }) => id);
    assert.deepEqual(estimated(undefined), []);
    assert.deepEqual(estimated({ cpuTimeIs: 'estimated', memoryIs: 'measured' }), ['cpu-time']);
    assert.deepEqual(estimated({ cpuTimeIs: 'measured', memoryIs: 'estimated' }), ['memory']);
  });
});

describe('the limits in the table', () => {
  it('have a near level of their own for CPU time and budgets alone', () => {
    assert.equal(defaultNear, 0.8);
    assert.equal(limitOf('cpu-time').near, 0.5, 'a validator twice as slow votes against');
    const own = limits.filter(({ near }) => near !== undefined && near !== 0.95);
    assert.deepEqual(
      own.map(({ id }) => id),
      ['cpu-time'],
    );
    assert.ok(limits.every(({ isBudget, near }) => !isBudget || near === 0.95));
  });

  it('have hints and subjects in sentences', () => {
    for (const { id, hint, measure } of limits) {
      assert.match(hint, /^[A-Z].*\.$/, id);
      assert.match(measure.subject, /^[A-Z]/, id);
    }
  });
});
