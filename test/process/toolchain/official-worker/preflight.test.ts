import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { buildables } from '../../../../src/toolchain/buildable.ts';
import { describeProblem } from '../../../../src/toolchain/cargo/problem.ts';
import { isAtLeast } from '../../../../src/toolchain/cargo/tools.ts';
import { readTemplate } from '../../../../src/toolchain/official-worker/template.ts';
import { type BuildOptions, type BuildSite, buildSite, fail } from '../../../support/fake-cargo.ts';

const { preflight } = buildables.worker;

describe('preflight of the official worker', () => {
  let site: BuildSite;
  beforeEach(async () => {
    site = await buildSite();
    await site.cargo(fail);
  });
  afterEach(() => site[Symbol.asyncDispose]());

  const kindsOf = async (more?: Partial<BuildOptions>) =>
    (await preflight(site.options(more))).problems.map(({ kind }) => kind);

  it('reports the plan, the folders and the needs', async () => {
    const found = await preflight(site.options());
    assert.deepEqual(found.problems, []);
    assert.deepEqual(found.cargo, { path: site.at('bin/cargo'), version: '1.95.0' });
    assert.equal(found.resumes, false);
    const { path, buildFolder } = found.recipe;
    const { key } = await readTemplate(site.at('media/official-worker'));
    assert.equal(path, site.at(`cache/workers/official-1.25.1-${key}/polkadot-prepare-worker`));
    const plan = found.plan.join('\n');
    for (const part of ['1.25.1', site.at('bin/cargo'), buildFolder, path, 'protoc']) {
      assert.ok(plan.includes(part), part);
    }
  });

  it('reports each missing tool', async () => {
    const env = { PATH: site.at('empty'), HOME: site.at('home') };
    assert.deepEqual(await kindsOf({ env, platform: 'linux' }), ['no-cargo', 'no-c-compiler', 'no-make']);
    assert.deepEqual(await kindsOf({ env, platform: 'darwin' }), ['no-cargo', 'no-c-compiler']);
    const chosen = { ...env, CC_x86_64_unknown_linux_gnu: '/opt/cc' };
    assert.deepEqual(await kindsOf({ env: chosen, platform: 'linux' }), ['no-cargo', 'no-make']);
  });

  it('finds a cargo in the cargo home when PATH has none', async () => {
    await mkdir(site.at('home/.cargo/bin'), { recursive: true });
    await writeFile(site.at('home/.cargo/bin/cargo'), '#!/bin/sh\necho cargo 1.95.0-nightly\n');
    await chmod(site.at('home/.cargo/bin/cargo'), 0o755);
    const found = await preflight(site.options({ env: { PATH: site.at('empty'), HOME: site.at('home') } }));
    assert.deepEqual(found.cargo, { path: site.at('home/.cargo/bin/cargo'), version: '1.95.0' });
  });

  it('rejects a cargo that is too old for the locked crates', async () => {
    await site.cargo(fail, 'cargo 1.88.9');
    const { problems } = await preflight(site.options());
    assert.deepEqual(problems, [
      { kind: 'cargo-too-old', path: site.at('bin/cargo'), found: '1.88.9', needed: '1.89' },
    ]);
  });

  it("reports the error of a broken cargo, such as rustup's without a toolchain", async () => {
    await writeFile(site.at('bin/cargo'), '#!/bin/sh\necho "error: no default toolchain" >&2; exit 1\n');
    const { problems } = await preflight(site.options());
    assert.match(
      problems.map((problem) => describeProblem(problem).message).join(),
      /status 1\. .*no default toolchain/,
    );
    assert.equal(problems[0]?.kind, 'no-cargo');
  });

  it('rejects a full disk, but counts the files of an earlier build', async () => {
    const wholeBuildBytes = 2 ** 60;
    const before = await preflight(site.options({ wholeBuildBytes }));
    assert.deepEqual(
      before.problems.map(({ kind }) => kind),
      ['no-space'],
    );
    await mkdir(`${before.recipe.buildFolder}/target`, { recursive: true });
    await writeFile(`${before.recipe.buildFolder}/target/part`, new Uint8Array(1000));
    const after = await preflight(site.options({ wholeBuildBytes }));
    assert.equal(after.neededBytes, wholeBuildBytes - 1000);
    assert.ok(after.resumes);
  });

  it('rejects Windows, and needs nothing for an installed worker', async () => {
    assert.deepEqual(await kindsOf({ platform: 'win32' }), ['unsupported-platform']);
    const { path: workerPath } = (await preflight(site.options())).recipe;
    await mkdir(workerPath.replace(/\/[^/]*$/, ''), { recursive: true });
    await writeFile(workerPath, '', { mode: 0o755 });
    const found = await preflight(site.options({ env: { PATH: '' } }));
    assert.ok(found.isInstalled);
    assert.deepEqual(found.problems, []);
    assert.deepEqual(found.plan, [`Nothing to build: Polkadot's prepare worker 1.25.1 is installed at ${workerPath}.`]);
  });

  it('describes every problem in sentences', () => {
    const folder = '/cache';
    const all = [
      describeProblem({ kind: 'unsupported-platform', platform: 'win32' }),
      describeProblem({ kind: 'no-cargo' }),
      describeProblem({ kind: 'cargo-too-old', path: '/bin/cargo', found: '1.70.0', needed: '1.89' }),
      describeProblem({ kind: 'no-c-compiler' }),
      describeProblem({ kind: 'no-make' }),
      describeProblem({ kind: 'no-space', folder, freeBytes: 1e6, neededBytes: 2e9 }),
      describeProblem({ kind: 'cache-folder', folder, detail: 'EROFS: read-only file system' }),
      describeProblem({ kind: 'wrong-version', expected: '1.25.1', found: '1.25.2' }),
      describeProblem({ kind: 'cancelled', buildFolder: folder }),
    ];
    for (const { message, hint } of all) {
      assert.match(message, /^\S.*\S$/);
      assert.match(hint ?? 'None.', /\.$|\)$/);
    }
  });

  it('compares versions by number', () => {
    assert.ok(isAtLeast('1.100.0', '1.89'));
    assert.ok(isAtLeast('1.89.0', '1.89'));
    assert.ok(isAtLeast('2.0.0', '1.89.3'));
    assert.ok(!isAtLeast('1.9.0', '1.89'));
    assert.ok(!isAtLeast('1.89.0', '1.89.1'));
  });
});
