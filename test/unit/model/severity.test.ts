import assert from 'node:assert/strict';
import type { Finding } from '../../../src/model/report.ts';
import { bySeverity } from '../../../src/model/severity.ts';

const finding = (id: string, severity: Finding['severity']): Finding => ({ id, severity, message: id });

describe('findings by severity', () => {
  it('start with the gravest, keep their order within a severity, and have no empty group', () => {
    const findings = [finding('a', 'information'), finding('b', 'error'), finding('c', 'information')];
    assert.deepEqual(
      bySeverity(findings).map((group) => group.map(({ id }) => id)),
      [['b'], ['a', 'c']],
    );
  });
});
