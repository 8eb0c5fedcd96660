import assert from 'node:assert/strict';
import { ConfigError, parseConfig } from '../../../src/limits/json-file.ts';
import { builtInProfiles, defaultProfileName } from '../../../src/limits/profile.ts';
import { loadProfile } from '../../../src/limits/profile-file.ts';
import { BOMB_FACTOR, profileSchema } from '../../../src/limits/profile-schema.ts';
import { useTempFolder } from '../runtime/temp-folder.ts';

const parseProfile = (where: string, value: unknown) => parseConfig(profileSchema, where, value);

const least = { name: 'mine', source: 'a chain of mine', date: '2026-11-23', maxCodeSize: 1_000_000 };
const timeout = (kind: string, value: number) => ({ name: 'PvfPrepTimeout', kind, value });

describe('the built-in profiles', () => {
  it('have distinct names, a source and a date, and include the default', async () => {
    const names = builtInProfiles.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    assert.equal((await loadProfile(defaultProfileName)).name, defaultProfileName);
    for (const { name, source, date } of builtInProfiles) {
      assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.notEqual(source, '');
      assert.match(date, /^\d{4}-\d{2}-\d{2}$/);
    }
  });

  it('match both values of MAX_CODE_SIZE and the bomb limit of polkadot-sdk PR 7760', () => {
    assert.deepEqual(
      builtInProfiles.map(({ maxCodeSize, bombLimit }) => [maxCodeSize, bombLimit]),
      [
        [3_145_728, 31_457_280],
        [5_242_880, 52_428_800],
      ],
    );
  });
});

describe('a profile file', () => {
  const folder = useTempFolder();

  it('requires name, source, date and code size, and has defaults for the rest', () => {
    assert.deepEqual(parseProfile('p.json', least), {
      ...least,
      bombLimit: least.maxCodeSize * BOMB_FACTOR,
      executorParams: [],
      pending: [],
      notes: [],
    });
  });

  it('may set all members', async () => {
    const path = folder.write(
      'p.json',
      JSON.stringify({ ...least, bombLimit: 5, executorParams: [timeout('Precheck', 1), timeout('Prepare', 2)] }),
    );
    const profile = await loadProfile(path);
    assert.equal(profile.bombLimit, 5);
    assert.deepEqual(profile.executorParams, [
      { tag: 'PvfPrepTimeout', value: { kind: 'Precheck', millis: 1n } },
      { tag: 'PvfPrepTimeout', value: { kind: 'Prepare', millis: 2n } },
    ]);
  });

  it('has scheduled changes on top of what is in force, and of each other', () => {
    const active = { ...least, bombLimit: 7, maxPovSize: 10, votingTtl: 2 };
    const pending = [{ fromSession: 8, maxPovSize: 20 }, { fromSession: 9, maxCodeSize: 2_000_000 }, { votingTtl: 3 }];
    const first = { maxCodeSize: 1_000_000, bombLimit: 7, executorParams: [], maxPovSize: 20, votingTtl: 2 };
    const second = { ...first, maxCodeSize: 2_000_000, bombLimit: 20_000_000 };
    assert.deepEqual(parseProfile('p.json', { ...active, pending }).pending, [
      { ...first, fromSession: 8 },
      { ...second, fromSession: 9 },
      { ...second, votingTtl: 3 },
    ]);
  });

  const invalid: Readonly<Record<string, readonly [change: object, cause: RegExp]>> = {
    'a misspelt member': [{ maxcodesize: 5 }, /unknown member maxcodesize; the known members are name, source/],
    'a misspelt required member': [
      { maxCodeSize: undefined, maxcodesize: 5 },
      /unknown member maxcodesize; the known members are name, source/,
    ],
    'a member that sets the prototype': [
      JSON.parse('{"__proto__": {}}'),
      /unknown member __proto__; the known members are name/,
    ],
    'a misspelt member of a param': [
      { executorParams: [{ name: 'WasmExtBulkMemory', vlaue: 1 }] },
      /executorParams\[0\]: unknown member vlaue; the known members are name\./,
    ],
    'a param that is a text': [
      { executorParams: ['WasmExtBulkMemory'] },
      /executorParams\[0\] must be an object with a name/,
    ],
    'no code size': [{ maxCodeSize: undefined }, /maxCodeSize must be a whole number of at least 1/],
    'no name': [{ name: undefined }, /name must be a non-empty string/],
    'an empty source': [{ source: '' }, /source must be a non-empty string/],
    'a date in words': [{ date: 'today' }, /date must look like 2026-11-23/],
    'a code size of 0': [{ maxCodeSize: 0 }, /maxCodeSize must be a whole number of at least 1/],
    'a code size as text': [{ maxCodeSize: '5' }, /maxCodeSize must be a whole number/],
    'a bomb limit of 0': [{ bombLimit: 0 }, /bombLimit must be a whole number of at least 1/],
    'a bomb limit above 32 bits': [{ bombLimit: 2 ** 32 }, /bombLimit must fit 32 bits/],
    'a code size whose bomb limit is above 32 bits': [{ maxCodeSize: 2 ** 31 }, /bombLimit must fit 32 bits/],
    'params that are not a list': [{ executorParams: {} }, /executorParams must be an array/],
    'a param out of range': [
      { executorParams: [{ name: 'MaxMemoryPages', value: 0 }] },
      /executorParams\[0\]\.value must be a whole/,
    ],
    'scheduled changes in the wrong order': [
      { pending: [{ fromSession: 9 }, { fromSession: 8 }] },
      /pending must be in the order of their sessions/,
    ],
    'a scheduled code size whose bomb limit is above 32 bits': [
      { pending: [{ fromSession: 9, maxCodeSize: 2 ** 31 }] },
      /pending must fit 32 bits in each/,
    ],
    'a misspelt member of a scheduled change': [
      { pending: [{ maxPovsize: 5 }] },
      /pending\[0\]: unknown member maxPovsize/,
    ],
    'a block without its hash': [{ block: { number: 5 } }, /block\.hash must be/],
    'a param twice': [
      {
        executorParams: [
          { name: 'MaxMemoryPages', value: 1 },
          { name: 'MaxMemoryPages', value: 2 },
        ],
      },
      /executorParams\[1\] repeats an earlier param/,
    ],
    'a timeout of one kind twice': [
      { executorParams: [timeout('Precheck', 1), timeout('Precheck', 2)] },
      /executorParams\[1\] repeats an earlier param/,
    ],
  };
  for (const [name, [change, cause]] of Object.entries(invalid)) {
    it(`rejects ${name} and names the file`, () => {
      const object = JSON.parse(JSON.stringify({ ...least, ...change }));
      assert.throws(
        () => parseProfile('p.json', object),
        (error) => {
          assert.ok(error instanceof ConfigError);
          assert.match(error.message, /^p\.json: /);
          assert.match(error.message, cause);
          return true;
        },
      );
    });
  }

  it('is recognized by a dot or a slash in its name', async () => {
    await assert.rejects(loadProfile('polkadot'), /Unknown profile polkadot\. Use relay-3mib, relay-5mib or the path/);
    await assert.rejects(loadProfile('./polkadot'), /the profile can't be read: the file does not exist/);
    await assert.rejects(loadProfile('polkadot.json'), /the profile can't be read: the file does not exist/);
  });
});
