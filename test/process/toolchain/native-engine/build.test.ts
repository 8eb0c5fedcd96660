import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildables } from '../../../../src/toolchain/buildable.ts';
import { CargoBuildError } from '../../../../src/toolchain/cargo/problem.ts';
import { findNativeEngine } from '../../../../src/toolchain/native-engine/place.ts';
import type { BuildOptions } from '../../../support/fake-cargo.ts';
import { type EngineSite, engineSite, goodHelper, succeed } from '../../../support/fake-engine-cargo.ts';

const { engine } = buildables;

describe('building the native helper', () => {
  let site: EngineSite;
  beforeEach(async () => {
    site = await engineSite();
  });
  afterEach(() => site[Symbol.asyncDispose]());

  const build = (more?: Partial<BuildOptions>) => engine.build(site.options(more), site.options(more));
  const recipe = async (more?: Partial<BuildOptions>) => (await engine.preflight(site.options(more))).recipe;
  const find = () => findNativeEngine({ ...site.options(), engineFolder: site.at('engine') });

  async function problemOf(building: Promise<unknown>) {
    const error = await building.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof CargoBuildError, `${error}`);
    return error.problem;
  }

  const storeIsEmpty = () => !existsSync(site.at('cache/engines'));

  it('fetches, patches, builds, verifies, installs, and cleans up', async () => {
    await site.cargo(`cp patched/compiler/src/lib.rs '${site.at('seen')}'; ${succeed}`);
    const { path: place, buildFolder } = await recipe();
    assert.equal(await find(), undefined);
    assert.deepEqual(await build(), { path: place, how: 'built' });
    assert.equal(readFileSync(site.at('seen'), 'utf8'), '// one\n// one and a half\n// two\n// three\n');
    assert.equal(readFileSync(site.at('fetched-in'), 'utf8').trim(), path.join(buildFolder, 'originals'));
    assert.equal(statSync(place).mode & 0o777, 0o755);
    assert.equal(readFileSync(place, 'utf8').trim(), goodHelper.trim());
    assert.deepEqual(readdirSync(path.dirname(buildFolder)), []);
    assert.equal(await find(), place);
    assert.deepEqual([...new Set(site.progress.map(({ phase }) => phase))], ['fetching', 'compiling', 'installing']);
    await site.cargo('exit 1');
    assert.deepEqual(await build(), { path: place, how: 'was-there' });
  });

  it('runs cargo with fixed arguments, in its own folder', async () => {
    await site.cargo(`printf '%s\\n' "$@" > '${site.at('words')}'; pwd > '${site.at('cwd')}'; ${succeed}`);
    const { buildFolder } = await recipe();
    await build({ env: { ...site.options().env, CARGO_TARGET_DIR: '/other' } });
    const common = ['build', '--release', '--locked', '--message-format=json-render-diagnostics'];
    const own = ['--features', 'native', '--bin', 'pvf-engine'];
    assert.deepEqual(readFileSync(site.at('words'), 'utf8').trim().split('\n'), [...common, ...own]);
    assert.equal(readFileSync(site.at('cwd'), 'utf8').trim(), buildFolder);
  });

  it('installs at a path that depends only on the sources', async () => {
    const before = await recipe();
    await writeFile(site.at('engine/README.md'), 'other words\n');
    await mkdir(site.at('engine/target'));
    await writeFile(site.at('engine/target/lib.rs'), '');
    assert.equal((await recipe()).path, before.path);
    for (const name of ['Cargo.lock', 'Cargo.toml', 'src/lib.rs', 'patches/compiler.patch']) {
      const text = readFileSync(site.at('engine', name), 'utf8');
      await writeFile(site.at('engine', name), `${text}\n`);
      assert.notEqual((await recipe()).path, before.path, name);
      await writeFile(site.at('engine', name), text);
    }
    assert.notEqual((await recipe({ arch: 'riscv64' })).path, before.path);
  });

  it('fails when the patch does not apply', async () => {
    await site.cargo(succeed);
    await writeFile(site.at('registry/compiler-36.0.20/src/lib.rs'), '// uno\n// dos\n// tres\n');
    const problem = await problemOf(build());
    assert.ok(problem.kind === 'patch-failed' && /does not apply to src\/lib\.rs/.test(problem.detail));
    await rm(site.at('registry/compiler-36.0.20/src/lib.rs'));
    assert.equal((await problemOf(build())).kind, 'patch-failed');
    assert.ok(storeIsEmpty());
  });

  it("fails with cargo's output when cargo can't download the crates", async () => {
    await site.cargo(succeed);
    await rm(site.at('metadata'));
    const problem = await problemOf(build());
    assert.ok(problem.kind === 'fetch-failed');
    assert.equal(problem.end, 'exited with status 1 while fetching the crates');
    assert.match(problem.lastLines[0] ?? '', /Updating the index/);
    await writeFile(site.at('metadata'), '{"packages":[]}');
    assert.match(JSON.stringify(await problemOf(build())), /did not report the folder of compiler/);
  });

  it('does not install a broken helper', async () => {
    const bad: readonly (readonly [script: string, detail: RegExp])[] = [
      ['#!/bin/sh\necho \'{"err":{"code":3}}\'\n', /printed .*err/],
      ['#!/bin/sh\nkill -SEGV $$\n', /killed by SIGSEGV/],
      ['#!/bin/sh\necho "no such thing" >&2; exit 2\n', /status 2.*no such thing/],
      ['#!/bin/sh\necho \'{"ok":{}}\'\n', /not an artifact/],
    ];
    for (const [script, detail] of bad) {
      await site.cargo(succeed, script);
      const problem = await problemOf(build());
      assert.ok(problem.kind === 'wrong-answer');
      assert.match(problem.detail, detail);
    }
    assert.ok(storeIsEmpty());
  });

  it('reports each missing tool, but leaves the C compiler of Windows to cargo', async () => {
    const env = { PATH: site.at('empty'), HOME: site.at('home') };
    const kindsOf = async (platform: NodeJS.Platform) =>
      (await engine.preflight(site.options({ env, platform }))).problems.map(({ kind }) => kind);
    assert.deepEqual(await kindsOf('linux'), ['no-cargo', 'no-c-compiler']);
    assert.deepEqual(await kindsOf('win32'), ['no-cargo']);
    const installed = (await recipe({ platform: 'win32' })).path;
    assert.equal(path.basename(installed), 'pvf-engine.exe');
  });

  it('builds once when started twice, and can be cancelled', async () => {
    await site.cargo(`echo one >> '${site.at('count')}'; sleep 0.3; ${succeed}`);
    assert.equal((await problemOf(build({ signal: AbortSignal.abort() }))).kind, 'cancelled');
    const both = await Promise.all([build(), build()]);
    assert.deepEqual(both.map(({ how }) => how).sort(), ['built', 'was-there']);
    assert.equal(readFileSync(site.at('count'), 'utf8'), 'one\n');
  });
});
