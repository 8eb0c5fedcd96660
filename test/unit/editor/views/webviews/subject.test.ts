import assert from 'node:assert/strict';
import { keyOf, type PanelSubject, subjectOf } from '../../../../../src/editor/views/webviews/subject.ts';

describe('the subject of a panel', () => {
  const subjects: readonly PanelSubject[] = [
    { kind: 'pvf.sizes', runtimeId: '/w/a' },
    { kind: 'pvf.history', runtimeId: '["/w/a","last"]' },
    {
      kind: 'pvf.compare',
      older: { runtimeId: '/w/a', which: 'previous' },
      newer: { runtimeId: '/w/a" ,', which: 'last' },
    },
  ];
  for (const subject of subjects) {
    it(`follows from its key: ${subject.kind}`, () =>
      assert.deepEqual(subjectOf(subject.kind, keyOf(subject)), subject));
  }

  it('does not follow from another key', () => {
    for (const key of [
      '',
      '/w/a',
      '[]',
      '[["/w/a","last"]]',
      '[["/w/a","first"],["/w/b","last"]]',
      '{"length":2}',
      '[1,2]',
    ]) {
      assert.equal(subjectOf('pvf.compare', key), undefined, key);
    }
  });
});
