import assert from 'node:assert/strict';
import { withLinks } from '../../../src/report/references.ts';

describe('withLinks', () => {
  const cases: readonly (readonly [text: string, linked: string])[] = [
    [
      'level 22 (polkadot-sdk PR 9875).',
      'level 22 ([polkadot-sdk PR 9875](https://github.com/paritytech/polkadot-sdk/pull/9875)).',
    ],
    ['see cumulus#863', 'see [cumulus#863](https://github.com/paritytech/cumulus/issues/863)'],
    ['polkadot issue 5972', '[polkadot issue 5972](https://github.com/paritytech/polkadot/issues/5972)'],
    ['fellows/runtimes PR 1191', '[fellows/runtimes PR 1191](https://github.com/polkadot-fellows/runtimes/pull/1191)'],
    ['my-polkadot PR 1, PR 2, wasmtime 36', 'my-polkadot PR 1, PR 2, wasmtime 36'],
  ];
  for (const [text, linked] of cases) it(`links "${text}"`, () => assert.equal(withLinks(text), linked));
});
