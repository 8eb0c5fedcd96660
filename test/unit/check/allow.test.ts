import assert from 'node:assert/strict';
import { markAllowed, parseAllowed } from '../../../src/check/allow.ts';

describe('parseAllowed', () => {
  it('takes errors of the blob and of the comparison', () => {
    assert.deepEqual(parseAllowed(['no-validate-block', 'identical-code']), ['no-validate-block', 'identical-code']);
  });

  const refused = [
    ['an unknown finding', 'no-such-finding', /there is no finding "no-such-finding"\. .*no-validate-block/],
    ['a limit', 'over-limit-code-size', /"over-limit-code-size" can't be allowed: the relay chain/],
    ['an error of the worker', 'preparation-timeout', /can't be allowed: it decides how validators vote/],
  ] as const;
  for (const [what, id, message] of refused) {
    it(`refuses ${what}`, () => assert.throws(() => parseAllowed([id]), { name: 'ConfigError', message }));
  }
});

describe('markAllowed', () => {
  it('marks errors only, by id', () => {
    const finding = (id: string, severity: 'error' | 'warning') => ({ id, severity, message: '' });
    const marked = markAllowed([finding('a', 'error'), finding('a', 'warning'), finding('b', 'error')], ['a']);
    assert.deepEqual(
      marked.map(({ allowed }) => allowed),
      [true, undefined, undefined],
    );
  });
});
