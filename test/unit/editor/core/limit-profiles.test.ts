import assert from 'node:assert/strict';
import { LimitProfiles, type LimitProfilesOptions } from '../../../../src/editor/core/limit-profiles.ts';
import { builtInProfiles } from '../../../../src/limits/profile.ts';
import { runtime } from '../views/samples.ts';

const [profile] = builtInProfiles;
assert.ok(profile);

describe('LimitProfiles', () => {
  /** @param inUse of the only runtime */
  function saving(inUse: string, file: string) {
    const changed: string[] = [];
    const limits = new LimitProfiles({
      request: (async () => file) as unknown as LimitProfilesOptions['request'],
      profileOf: () => inUse,
      workspaceFolders: () => ['/w'],
      runtimes: () => [runtime],
      onChanged: ({ id }) => changed.push(id),
    });
    return { limits, changed };
  }

  it('checks again what uses a saved profile', async () => {
    const file = '/w/.pvf/profiles/paseo.json';
    const inWorkspace = saving(file, file);
    assert.equal(await inWorkspace.limits.save(profile, '/w'), file);
    assert.deepEqual(inWorkspace.changed, [runtime.id]);
    const ofUser = saving('paseo', '/home/me/.config/polkadot-pvf/profiles/paseo.json');
    await ofUser.limits.save(profile);
    assert.deepEqual(ofUser.changed, [runtime.id]);
  });

  it('leaves other runtimes alone', async () => {
    const { limits, changed } = saving('relay-3mib', '/w/.pvf/profiles/paseo.json');
    await limits.save(profile, '/w');
    assert.deepEqual(changed, []);
  });
});
