import assert from 'node:assert/strict';
import type { ProfileSummary } from '../../../src/model/profile-summary.ts';
import { formatProfiles, profilesJson } from '../../../src/report/limits.ts';

const nowMs = Date.parse('2026-11-26T23:59:00Z');
const options = { colour: false, verbose: false, nowMs };

const plain: ProfileSummary = {
  name: 'mine',
  source: 'a test',
  date: '2026-11-23',
  notes: [],
  values: [
    {
      ...{ id: 'code-size', label: 'Code size', unit: 'bytes', about: 'The relay chain refuses more.' },
      active: { value: 3, lines: ['3 B'] },
      pending: [],
    },
    {
      ...{ id: 'pov-size', label: 'PoV size', unit: 'bytes', about: 'Validators refuse more.' },
      active: { lines: ['not known'] },
      pending: [],
    },
  ],
  pending: [],
};

const [size, pov] = plain.values as readonly [ProfileSummary['values'][0], ProfileSummary['values'][0]];

const scheduled: ProfileSummary = {
  ...plain,
  chain: 'paseo',
  specVersion: 1_001_002,
  block: { number: 1_234_567, hash: `0x${'ab'.repeat(32)}` },
  session: 12_340,
  rpc: 'wss://relay.example',
  notes: ['the block length is not known'],
  values: [
    {
      ...size,
      pending: [
        { value: 5, lines: ['5 B'] },
        { value: 3, lines: ['3 B'] },
      ],
    },
    { ...pov, active: { lines: ['A', 'B'] }, pending: [{ lines: ['A', 'B'] }, { lines: ['C'] }] },
  ],
  pending: [{ fromSession: 12_341 }, {}],
};

describe('formatProfiles', () => {
  it('lists the values of a profile with its source and age', () => {
    assert.equal(
      formatProfiles([plain], options),
      [
        'mine',
        '  a test',
        '  2026-11-23, read 3 days ago',
        '',
        '             In force',
        '  Code size  3 B',
        '  PoV size   not known',
        '',
      ].join('\n'),
    );
  });

  it('has a column for each scheduled change, with what changes', () => {
    assert.equal(
      formatProfiles([scheduled], options),
      [
        'mine',
        '  a test',
        '  2026-11-23, read 3 days ago',
        '  paseo 1001002, block 1 234 567, session 12 340, read from wss://relay.example',
        `  0x${'ab'.repeat(32)}`,
        '',
        '             In force  From session 12341  Scheduled',
        '  Code size  3 B       5 B                 =',
        '  PoV size   A         =                   C',
        '             B',
        '',
        '  note: the block length is not known',
        '',
      ].join('\n'),
    );
  });

  it('says who enforces each value, if that is wanted', () => {
    const text = formatProfiles([scheduled, plain], { ...options, verbose: true });
    assert.equal(text.match(/^ {4}The relay chain refuses more\.$/gm)?.length, 2);
    assert.match(text, /\n {13}B\n {4}Validators refuse more\.\n/);
  });

  for (const [date, age] of [
    ['2026-11-26', /^ {2}2026-11-26, read today$/m],
    ['2026-11-25', /, read 1 day ago$/m],
    ['2026-10-27', /, read 30 days ago$/m],
    ['2026-10-26', /, read 31 days ago, so the limits may have changed since$/m],
    ['2026-11-27', /, dated 2026-11-27, which is in the future$/m],
    ['2026-02-99', /, dated 2026-02-99, which is no day$/m],
  ] as const) {
    it(`says the age of a profile of ${date}`, () => {
      assert.match(formatProfiles([{ ...plain, date }], options), age);
    });
  }

  it('prints no control characters of a profile file', () => {
    const hostile = { ...scheduled, name: 'a\u001b[2Jb', source: 'x\u202ey', notes: ['::error::no'] };
    const text = formatProfiles([hostile], options);
    assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Cf}]/u);
    assert.doesNotMatch(text, /^\s*::/m);
  });
});

describe('profilesJson', () => {
  it('has every value with its text, and leaves out what is not known', () => {
    const [first] = JSON.parse(profilesJson([scheduled], nowMs));
    assert.deepEqual(first.values[0], {
      ...{ id: 'code-size', label: 'Code size', unit: 'bytes', about: 'The relay chain refuses more.' },
      active: { value: 3, text: '3 B' },
      pending: [
        { fromSession: 12_341, value: 5, text: '5 B' },
        { value: 3, text: '3 B' },
      ],
    });
    assert.deepEqual(first.values[1].active, { text: 'A, B' });
    assert.equal(first.age, 'read 3 days ago');
    assert.deepEqual(first.block, scheduled.block);
  });
});
