import assert from 'node:assert/strict';
import { builtInProfiles, type Profile } from '../../../src/limits/profile.ts';
import { loadProfile } from '../../../src/limits/profile-file.ts';
import { profileValues, summarizeProfile } from '../../../src/limits/profile-values.ts';
import { describeWithCorpus } from '../../support/corpus.ts';
import { useTempFolder } from '../runtime/temp-folder.ts';

const [builtIn] = builtInProfiles as readonly [Profile, ...Profile[]];

const textsOf = (profile: Profile, pending?: number) =>
  Object.fromEntries(
    summarizeProfile(profile).values.map((value) => {
      const figure = pending === undefined ? value.active : value.pending[pending];
      return [value.id, figure?.lines.join('; ')];
    }),
  );

describe('the table of profile values', () => {
  const folder = useTempFolder();

  it('has unique ids, labels and a sentence about each', () => {
    assert.equal(new Set(profileValues.map(({ id }) => id)).size, profileValues.length);
    assert.equal(new Set(profileValues.map(({ label }) => label)).size, profileValues.length);
    for (const { about } of profileValues) assert.match(about, /^[A-Z][^\n]*\.$/);
  });

  it('says what a built-in profile does not know, and what its defaults are', () => {
    assert.deepEqual(textsOf(builtIn), {
      'code-size': '3.00 MiB (3 145 728 B)',
      'raw-code-size': '30.00 MiB (31 457 280 B)',
      'precheck-timeout': '60 s (default)',
      'lenient-timeout': '360 s (default)',
      memory: 'no limit',
      'pov-size': 'not known',
      'block-length': 'not known',
      'upgrade-cooldown': 'not known',
      'upgrade-delay': 'not known',
      'minimum-upgrade-delay': 'not known',
      'voting-ttl': 'not known',
      'executor-params': 'none: all have their defaults',
    });
  });

  it('derives the timeouts and the memory limit from the executor params, in force and scheduled', () => {
    const scheduled: Profile = {
      ...builtIn,
      maxPovSize: 10_485_760,
      blockLength: 5_242_880,
      upgradeCooldown: 14_400,
      upgradeDelay: 600,
      minimumUpgradeDelay: 1,
      votingTtl: 1,
      pending: [
        {
          ...builtIn,
          fromSession: 1234,
          maxPovSize: 1,
          executorParams: [
            { tag: 'PvfPrepTimeout', value: { kind: 'Prepare', millis: 300_000n } },
            { tag: 'PvfPrepTimeout', value: { kind: 'Precheck', millis: 30_500n } },
            { tag: 'PrecheckingMaxMemory', value: 268_435_456n },
            { tag: 'WasmExtBulkMemory', value: undefined },
            { tag: 'EnabledHostFunction', value: 'EccRfc163' },
            { tag: 'MaxMemoryPages', value: 8192 },
          ],
        },
      ],
    };
    const now = textsOf(scheduled);
    assert.equal(now['precheck-timeout'], '60 s (default)');
    assert.equal(now['upgrade-cooldown'], '14 400 blocks, about 24 h');
    assert.equal(now['minimum-upgrade-delay'], '1 block');
    assert.equal(now['voting-ttl'], '1 session');
    const later = textsOf(scheduled, 0);
    assert.equal(later['precheck-timeout'], '30.50 s');
    assert.equal(later['lenient-timeout'], '300 s');
    assert.equal(later['memory'], '256.00 MiB (268 435 456 B)');
    assert.equal(later['pov-size'], '1 B');
    assert.equal(
      later['executor-params'],
      'PvfPrepTimeout(Prepare)=300000; PvfPrepTimeout(Precheck)=30500; PrecheckingMaxMemory=268435456; ' +
        'WasmExtBulkMemory; EnabledHostFunction(EccRfc163); MaxMemoryPages=8192',
    );
    assert.deepEqual(summarizeProfile(scheduled).pending, [{ fromSession: 1234 }]);
  });

  it('keeps where a profile comes from', async () => {
    const block = { number: 12, hash: `0x${'ab'.repeat(32)}` };
    const given = { chain: 'paseo', specVersion: 5, block, session: 7, rpc: 'ws://127.0.0.1:1', notes: ['a note'] };
    const file = { name: 'mine', source: 'a test', date: '2026-11-23', maxCodeSize: 5, ...given };
    const {
      values: _,
      pending,
      ...summary
    } = summarizeProfile(await loadProfile(folder.write('p.json', JSON.stringify(file))));
    const { maxCodeSize: __, ...rest } = file;
    assert.deepEqual(summary, rest);
    assert.deepEqual(pending, []);
  });
});

describeWithCorpus('the host configuration of the field', (corpus) => {
  it('gives all values that it has', async () => {
    const profile = await loadProfile(corpus.path('field/active-config-polkadot-js.json'));
    const texts = textsOf(profile);
    assert.equal(texts['code-size'], '3.00 MiB (3 145 728 B)');
    assert.equal(texts['upgrade-cooldown'], '14 400 blocks, about 24 h');
    assert.equal(texts['upgrade-delay'], '600 blocks, about 1 h');
    assert.equal(texts['minimum-upgrade-delay'], '15 blocks, about 2 min');
    assert.equal(texts['voting-ttl'], '2 sessions');
    assert.equal(
      texts['executor-params'],
      'MaxMemoryPages=8192; PvfExecTimeout(Backing)=2500; PvfExecTimeout(Approval)=15000',
    );
    assert.equal(texts['pov-size'], 'not known');
  });
});
