import assert from 'node:assert/strict';
import type { Finding } from '../../../src/model/report.ts';
import { bySeverity } from '../../../src/model/severity.ts';

const finding = (id: string, severity: Finding['severity']): Finding => ({ id, severity, message: id });

describe('bySeverity', () => {
  it('sorts groups by severity, keeps their order and omits empty groups', () => {
    const findings = [finding('a', 'information'), finding('b', 'error'), finding('c', 'information')];
    assert.deepEqual(
      bySeverity(findings).map((group) => group.map(({ id }) => id)),
      [['b'], ['a', 'c']],
    );
  });
});
