import assert from 'node:assert/strict';
import { cacheFolder } from '../../../src/base/cache-folder.ts';

describe('cacheFolder', () => {
  const linux = (env: Record<string, string>) => cacheFolder({ platform: 'linux', env, homeFolder: '/home/ann' });
  const windows = (env: Record<string, string>) =>
    cacheFolder({ platform: 'win32', env, homeFolder: 'C:\\Users\\ann' });

  it('returns a folder in the cache folder of the platform', () => {
    assert.equal(linux({}), '/home/ann/.cache/polkadot-pvf');
    assert.equal(linux({ XDG_CACHE_HOME: '/var/ann' }), '/var/ann/polkadot-pvf');
    const mac = cacheFolder({ platform: 'darwin', env: { XDG_CACHE_HOME: '/var/ann' }, homeFolder: '/Users/ann' });
    assert.equal(mac, '/Users/ann/Library/Caches/polkadot-pvf');
    assert.equal(windows({}), 'C:\\Users\\ann\\AppData\\Local\\polkadot-pvf\\Cache');
    assert.equal(windows({ LOCALAPPDATA: 'D:\\Local' }), 'D:\\Local\\polkadot-pvf\\Cache');
  });

  it('returns PVF_CACHE_DIR on every platform', () => {
    assert.equal(linux({ PVF_CACHE_DIR: '/big/disk', XDG_CACHE_HOME: '/var/ann' }), '/big/disk');
    assert.equal(windows({ PVF_CACHE_DIR: 'E:\\pvf' }), 'E:\\pvf');
    const mac = cacheFolder({ platform: 'darwin', env: { PVF_CACHE_DIR: '/big' }, homeFolder: '/Users/ann' });
    assert.equal(mac, '/big');
  });

  it('ignores relative and empty paths', () => {
    assert.equal(linux({ PVF_CACHE_DIR: 'cache', XDG_CACHE_HOME: '' }), '/home/ann/.cache/polkadot-pvf');
    assert.equal(windows({ LOCALAPPDATA: 'Local' }), 'C:\\Users\\ann\\AppData\\Local\\polkadot-pvf\\Cache');
  });
});
