import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CargoBuildError } from '../../../../src/toolchain/cargo/problem.ts';
import { buildNativeEngine, type EngineBuildOptions } from '../../../../src/toolchain/native-engine/build.ts';
import { findNativeEngine } from '../../../../src/toolchain/native-engine/find-engine.ts';
import { enginePreflight } from '../../../../src/toolchain/native-engine/preflight.ts';
import { type EngineSite, engineSite, goodHelper, succeed } from '../../../support/fake-engine-cargo.ts';

describe('buildNativeEngine', () => {
  let site: EngineSite;
  beforeEach(async () => {
    site = await engineSite();
  });
  afterEach(() => site[Symbol.asyncDispose]());

  const build = (more?: Partial<EngineBuildOptions>) => buildNativeEngine(site.options(more));

  async function problemOf(building: Promise<unknown>) {
    const error = await building.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof CargoBuildError, `${error}`);
    return error.problem;
  }

  const storeIsEmpty = () => !existsSync(site.at('cache/engines'));

  it('fetches, patches, builds, tries what it built, installs, and removes what it needed', async () => {
    await site.cargo(`cp patched/compiler/src/lib.rs '${site.at('seen')}'; ${succeed}`);
    const { place, buildFolder } = await enginePreflight(site.options());
    assert.equal(await findNativeEngine(site.options()), undefined);
    assert.deepEqual(await build(), { path: place, how: 'built' });
    assert.equal(readFileSync(site.at('seen'), 'utf8'), '// one\n// one and a half\n// two\n// three\n');
    assert.equal(readFileSync(site.at('fetched-in'), 'utf8').trim(), path.join(buildFolder, 'originals'));
    assert.equal(statSync(place).mode & 0o777, 0o755);
    assert.equal(readFileSync(place, 'utf8').trim(), goodHelper.trim());
    assert.deepEqual(readdirSync(path.dirname(buildFolder)), []);
    assert.equal(await findNativeEngine(site.options()), place);
    assert.deepEqual([...new Set(site.progress.map(({ phase }) => phase))], ['fetching', 'compiling', 'installing']);
    await site.cargo('exit 1');
    assert.deepEqual(await build(), { path: place, how: 'was-there' });
  });

  it('runs cargo with fixed words, in its own folder', async () => {
    await site.cargo(`printf '%s\\n' "$@" > '${site.at('words')}'; pwd > '${site.at('cwd')}'; ${succeed}`);
    const { buildFolder } = await enginePreflight(site.options());
    await build({ env: { ...site.options().env, CARGO_TARGET_DIR: '/other' } });
    const common = ['build', '--release', '--locked', '--message-format=json-render-diagnostics'];
    const own = ['--features', 'native', '--bin', 'pvf-engine'];
    assert.deepEqual(readFileSync(site.at('words'), 'utf8').trim().split('\n'), [...common, ...own]);
    assert.equal(readFileSync(site.at('cwd'), 'utf8').trim(), buildFolder);
  });

  it('is another helper when any source changes, and the same when something else does', async () => {
    const before = await enginePreflight(site.options());
    await writeFile(site.at('engine/README.md'), 'other words\n');
    await mkdir(site.at('engine/target'));
    await writeFile(site.at('engine/target/lib.rs'), '');
    assert.equal((await enginePreflight(site.options())).place, before.place);
    for (const name of ['Cargo.lock', 'Cargo.toml', 'src/lib.rs', 'patches/compiler.patch']) {
      const text = readFileSync(site.at('engine', name), 'utf8');
      await writeFile(site.at('engine', name), `${text}\n`);
      assert.notEqual((await enginePreflight(site.options())).place, before.place, name);
      await writeFile(site.at('engine', name), text);
    }
    assert.notEqual((await enginePreflight(site.options({ arch: 'riscv64' }))).place, before.place);
  });

  it('does not build with sources that the patch does not belong to', async () => {
    await site.cargo(succeed);
    await writeFile(site.at('registry/compiler-36.0.20/src/lib.rs'), '// uno\n// dos\n// tres\n');
    const problem = await problemOf(build());
    assert.ok(problem.kind === 'patch-failed' && /src\/lib\.rs is not the file/.test(problem.words));
    await rm(site.at('registry/compiler-36.0.20/src/lib.rs'));
    assert.equal((await problemOf(build())).kind, 'patch-failed');
    assert.ok(storeIsEmpty());
  });

  it("ends with cargo's words when the crates can't be had", async () => {
    await site.cargo(succeed);
    await rm(site.at('metadata'));
    const problem = await problemOf(build());
    assert.ok(problem.kind === 'fetch-failed');
    assert.equal(problem.end, 'exited with status 1 when it was to get the crates');
    assert.match(problem.lastLines[0] ?? '', /Updating the index/);
    await writeFile(site.at('metadata'), '{"packages":[]}');
    assert.match(JSON.stringify(await problemOf(build())), /did not say where it keeps compiler/);
  });

  it('does not install a helper that does not work', async () => {
    const bad: readonly (readonly [script: string, words: RegExp])[] = [
      ['#!/bin/sh\necho \'{"err":{"code":3}}\'\n', /answered .*err/],
      ['#!/bin/sh\nkill -SEGV $$\n', /killed by SIGSEGV/],
      ['#!/bin/sh\necho "no such thing" >&2; exit 2\n', /status 2.*no such thing/],
      ['#!/bin/sh\necho \'{"ok":{}}\'\n', /no artifact/],
    ];
    for (const [script, words] of bad) {
      await site.cargo(succeed, script);
      const problem = await problemOf(build());
      assert.ok(problem.kind === 'wrong-answer');
      assert.match(problem.words, words);
    }
    assert.ok(storeIsEmpty());
  });

  it('misses each tool that is not there, and leaves the C compiler of Windows to cargo', async () => {
    const env = { PATH: site.at('empty'), HOME: site.at('home') };
    const kindsOf = async (platform: NodeJS.Platform) =>
      (await enginePreflight(site.options({ env, platform }))).problems.map(({ kind }) => kind);
    assert.deepEqual(await kindsOf('linux'), ['no-cargo', 'no-c-compiler']);
    assert.deepEqual(await kindsOf('win32'), ['no-cargo']);
    const { place } = await enginePreflight(site.options({ platform: 'win32' }));
    assert.equal(path.basename(place), 'pvf-engine.exe');
  });

  it('is done once when it is asked for twice, and can be cancelled', async () => {
    await site.cargo(`echo one >> '${site.at('count')}'; sleep 0.3; ${succeed}`);
    assert.equal((await problemOf(build({ signal: AbortSignal.abort() }))).kind, 'cancelled');
    const both = await Promise.all([build(), build()]);
    assert.deepEqual(both.map(({ how }) => how).sort(), ['built', 'was-there']);
    assert.equal(readFileSync(site.at('count'), 'utf8'), 'one\n');
  });
});
