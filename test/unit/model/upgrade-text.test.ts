import assert from 'node:assert/strict';
import type { UpgradeStatus } from '../../../src/model/report.ts';
import { upgradeText, votesToDecide } from '../../../src/model/upgrade-text.ts';

const codeHash = `0x${'ab'.repeat(32)}`;
const BLOCK = 1000;

const cases: readonly (readonly [title: string, status: UpgradeStatus, text: string])[] = [
  ['nothing', { currentCodeHash: codeHash }, 'no upgrade in flight'],
  [
    'a vote in its first session',
    { vote: { codeHash, accept: 12, reject: 1, validators: 30, sessions: 0 } },
    'vote: 12 of 30 validators for, 1 against, 21 decide',
  ],
  [
    'a vote that goes on, with the code already noted',
    {
      futureCodeHash: codeHash,
      vote: { codeHash, accept: 0, reject: 0, validators: 4, sessions: 2 },
      isRestricted: true,
    },
    'vote: 0 of 4 validators for, 0 against, 3 decide, running for 2 sessions; the relay chain takes no new upgrade now',
  ],
  [
    'an accepted code that is scheduled',
    { futureCodeHash: codeHash, enactedAt: 1600 },
    'accepted, may be applied from block 1 600, in 600 relay blocks (about 60 min)',
  ],
  [
    'an accepted code whose block has come',
    { futureCodeHash: codeHash, enactedAt: 1000 },
    'accepted, may be applied since block 1 000',
  ],
  ['an accepted code without a block', { futureCodeHash: codeHash }, 'accepted, not scheduled yet'],
  [
    'a go-ahead',
    { futureCodeHash: codeHash, enactedAt: 900, goAhead: 'go-ahead' },
    'go-ahead: the parachain applies the upgrade with its next block',
  ],
  [
    'an abort within the cooldown',
    { goAhead: 'abort', cooldownUntil: 15_400, isRestricted: true },
    'the relay chain aborted the upgrade; no new upgrade before block 15 400, in 14 400 relay blocks (about 24 h)',
  ],
  ['a cooldown that is over', { cooldownUntil: 999 }, 'no upgrade in flight'],
];

describe('the text of an upgrade status', () => {
  for (const [title, status, text] of cases) {
    it(`tells ${title}`, () => assert.equal(upgradeText(status, BLOCK), text));
  }

  it('knows how many votes decide', () => {
    // From the tests of `supermajority_threshold` in polkadot-primitives.
    const known = { 0: 0, 1: 1, 2: 2, 3: 3, 4: 3, 5: 4, 6: 5, 7: 5 };
    for (const [validators, votes] of Object.entries(known)) assert.equal(votesToDecide(Number(validators)), votes);
  });
});
