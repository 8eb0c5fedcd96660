import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { foreignCargoConfig } from '../../../../src/toolchain/cargo/foreign-config.ts';
import { useTempFolder } from '../../runtime/temp-folder.ts';

describe('foreignCargoConfig', () => {
  const folder = useTempFolder();

  it("finds what would change cargo in the folder or above it, but not what is the user's own", async () => {
    const build = folder.path('home/work/cache/build');
    mkdirSync(build, { recursive: true });
    mkdirSync(folder.path('home/.cargo'));
    mkdirSync(folder.path('home/work/.cargo'));
    const env = { HOME: folder.path('home') };
    folder.write('home/.cargo/config.toml', '');
    assert.equal(await foreignCargoConfig(build, env), undefined);
    for (const name of [
      'home/work/.cargo/config.toml',
      'home/work/cache/rust-toolchain',
      'home/work/cache/build/rust-toolchain.toml',
    ]) {
      const file = folder.write(name, '');
      assert.equal(await foreignCargoConfig(build, env), file);
    }
    assert.equal(await foreignCargoConfig(path.dirname(folder.path('home')), env), undefined);
  });
});
