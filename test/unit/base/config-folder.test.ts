import assert from 'node:assert/strict';
import { configFolder } from '../../../src/base/config-folder.ts';

describe('configFolder', () => {
  it('returns a folder in the configuration folder of the platform', () => {
    const linux = (env: Record<string, string>) => configFolder({ platform: 'linux', env, homeFolder: '/home/ann' });
    assert.equal(linux({}), '/home/ann/.config/polkadot-pvf');
    assert.equal(linux({ XDG_CONFIG_HOME: '/etc/ann' }), '/etc/ann/polkadot-pvf');
    assert.equal(linux({ XDG_CONFIG_HOME: 'relative' }), '/home/ann/.config/polkadot-pvf');
    const mac = configFolder({ platform: 'darwin', env: {}, homeFolder: '/Users/ann' });
    assert.equal(mac, '/Users/ann/Library/Application Support/polkadot-pvf');
    const windows = configFolder({ platform: 'win32', env: {}, homeFolder: 'C:\\Users\\ann' });
    assert.equal(windows, 'C:\\Users\\ann\\AppData\\Roaming\\polkadot-pvf');
  });
});
