import assert from 'node:assert/strict';
import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeSources } from '../../../../src/toolchain/cargo/sources.ts';
import { readTemplate } from '../../../../src/toolchain/official-worker/template.ts';
import { type BuildSite, buildSite, templateFolder } from '../../../support/fake-cargo.ts';

describe('the template of the official worker', () => {
  let site: BuildSite;
  beforeEach(async () => {
    site = await buildSite();
  });
  afterEach(() => site[Symbol.asyncDispose]());

  it('has a lock file that matches its manifest', async () => {
    const { version, rustVersion, key } = await readTemplate(templateFolder);
    assert.match(version, /^\d+\.\d+\.\d+$/);
    assert.match(rustVersion, /^1\.\d+$/);
    assert.match(key, /^[0-9a-f]{12}$/);
    const manifest = await readFile(path.join(templateFolder, 'Cargo.toml'), 'utf8');
    const lock = await readFile(path.join(templateFolder, 'Cargo.lock'), 'utf8');
    const locked = (name: string, at: string) => lock.includes(`name = "${name}"\nversion = "${at}"\n`);
    assert.ok(locked('polkadot-prepare-worker', version));
    const dependencies = [...manifest.matchAll(/^([\w-]+) = "=([\d.]+)"$/gm)];
    assert.equal(dependencies.length, 3);
    for (const [, name = '', at = ''] of dependencies) assert.ok(locked(name, at), name);
  });

  it('has a key that changes with any byte', async () => {
    const before = await readTemplate(site.at('media/official-worker'));
    assert.equal((await readTemplate(templateFolder)).key, before.key);
    for (const name of ['Cargo.toml', 'Cargo.lock', 'src/main.rs']) {
      const text = await readFile(site.at('media/official-worker', name), 'utf8');
      await writeFile(site.at('media/official-worker', name), `${text}\n`);
      assert.notEqual((await readTemplate(site.at('media/official-worker'))).key, before.key, name);
      await writeFile(site.at('media/official-worker', name), text);
    }
  });

  it('is copied without touching unchanged files', async () => {
    const template = await readTemplate(site.at('media/official-worker'));
    await writeSources(template.files, site.at('copy'));
    assert.equal((await readTemplate(site.at('copy'))).key, template.key);
    const longAgo = new Date('2020-01-01T00:00:00Z');
    for (const name of ['Cargo.toml', 'src/main.rs']) await utimes(site.at('copy', name), longAgo, longAgo);
    await writeFile(site.at('copy/Cargo.toml'), 'torn');
    await writeSources(template.files, site.at('copy'));
    assert.equal((await readTemplate(site.at('copy'))).key, template.key);
    assert.equal((await stat(site.at('copy/src/main.rs'))).mtimeMs, longAgo.getTime());
  });

  it('is rejected without a file or a version', async () => {
    await writeFile(site.at('media/official-worker/Cargo.toml'), '[package]\n');
    await assert.rejects(readTemplate(site.at('media/official-worker')), /Cargo\.toml has no version/);
    await assert.rejects(readTemplate(site.at('nothing')), { code: 'ENOENT' });
  });
});
