import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildables } from '../../../../src/toolchain/buildable.ts';
import type { Preflight } from '../../../../src/toolchain/cargo/preflight.ts';
import { CargoBuildError } from '../../../../src/toolchain/cargo/problem.ts';
import { type BuildOptions, type BuildSite, buildSite, fail, succeed } from '../../../support/fake-cargo.ts';

/** Whether the process runs. Zombies do not. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(existsSync('/proc') ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '');
  } catch {
    return false;
  }
}

const { worker } = buildables;

describe('building the official worker', () => {
  let site: BuildSite;
  beforeEach(async () => {
    site = await buildSite();
  });
  afterEach(() => site[Symbol.asyncDispose]());

  const build = (more?: Partial<BuildOptions>) => worker.build(site.options(more), site.options(more));
  const recipe = async () => (await worker.preflight(site.options())).recipe;

  /** The problem of a failed build. Fails when the build succeeds. */
  async function problemOf(building: Promise<unknown>) {
    const error = await building.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof CargoBuildError, `${error}`);
    return error.problem;
  }

  const storeIsEmpty = () => !existsSync(site.at('cache/workers'));

  it('builds, verifies the version, installs, and cleans up', async () => {
    await site.cargo(succeed);
    const { buildFolder, path: workerPath } = await recipe();
    assert.deepEqual(await build(), { path: workerPath, version: '1.25.1', how: 'built' });
    assert.equal(statSync(workerPath).mode & 0o777, 0o755);
    assert.equal(statSync(path.dirname(workerPath)).mode & 0o777, 0o700);
    assert.deepEqual(readdirSync(path.dirname(workerPath)), ['polkadot-prepare-worker']);
    assert.deepEqual(readdirSync(path.dirname(buildFolder)), []);
  });

  it('reports progress', async () => {
    await site.cargo(succeed);
    await build();
    const phases = new Set(site.progress.map(({ phase }) => phase));
    assert.deepEqual([...phases], ['fetching', 'compiling', 'installing']);
    const compiling = site.progress.filter((one) => one.phase === 'compiling');
    assert.deepEqual([compiling.at(-1)?.done, compiling.at(-1)?.total], [614, 615]);
    assert.ok(site.progress.every(({ elapsedMs }, at) => elapsedMs >= (site.progress[at - 1]?.elapsedMs ?? 0)));
  });

  it("runs cargo with fixed arguments, in its own folder, with the user's environment", async () => {
    await site.cargo(`printf '%s\\n' "$@" > '${site.at('words')}'; pwd > '${site.at('cwd')}'
      env > '${site.at('env')}'; cat > '${site.at('stdin')}'; ${succeed}`);
    const { buildFolder } = await recipe();
    const env = {
      ...site.options().env,
      RUSTC_WRAPPER: 'mine',
      CARGO_TERM_COLOR: 'always',
      CARGO_TARGET_DIR: '/other',
      ZSTD_SYS_USE_PKG_CONFIG: '1',
    };
    await build({ env });
    const words = ['build', '--release', '--locked', '--message-format=json-render-diagnostics'];
    assert.deepEqual(readFileSync(site.at('words'), 'utf8').trim().split('\n'), words);
    assert.equal(readFileSync(site.at('cwd'), 'utf8').trim(), buildFolder);
    assert.equal(readFileSync(site.at('stdin'), 'utf8'), '');
    const seen = readFileSync(site.at('env'), 'utf8').split('\n');
    for (const line of ['RUSTC_WRAPPER=mine', 'CARGO_TERM_COLOR=never', `CARGO_TARGET_DIR=${buildFolder}/target`]) {
      assert.ok(seen.includes(line), line);
    }
    assert.ok(!seen.some((line) => line.startsWith('ZSTD_SYS_USE_PKG_CONFIG')), "zstd would be the system's");
  });

  it('reports the plan before it starts or fails', async () => {
    await site.cargo(succeed);
    const reported: Preflight[] = [];
    const onPreflight = (found: Preflight) => reported.push(found);
    assert.equal((await problemOf(build({ onPreflight, wholeBuildBytes: 2 ** 60 }))).kind, 'no-space');
    await build({ onPreflight });
    await build({ onPreflight });
    assert.deepEqual(
      reported.map(({ plan, problems }) => [plan.length, problems.length]),
      [
        [4, 1],
        [4, 0],
      ],
    );
  });

  it('does nothing when the worker is installed', async () => {
    await site.cargo(succeed);
    const { path: first } = await build();
    await site.cargo(fail);
    assert.deepEqual(await build(), { path: first, version: '1.25.1', how: 'was-there' });
  });

  it('builds once when started twice at the same time', async () => {
    await site.cargo(`echo one >> '${site.at('count')}'; sleep 0.3; ${succeed}`);
    const both = await Promise.all([build(), build()]);
    assert.deepEqual(both.map(({ how }) => how).sort(), ['built', 'was-there']);
    assert.equal(readFileSync(site.at('count'), 'utf8'), 'one\n');
    assert.ok(site.progress.some((one) => one.phase === 'waiting' && one.pid === process.pid));
  });

  it("fails with cargo's last lines, and continues in the next build", async () => {
    await site.cargo(`mkdir -p "$CARGO_TARGET_DIR"; echo part > "$CARGO_TARGET_DIR/part"; ${fail}`);
    const problem = await problemOf(build());
    assert.equal(problem.kind, 'build-failed');
    assert.ok(problem.kind === 'build-failed');
    assert.equal(problem.end, 'exited with status 101');
    assert.match(problem.lastLines.at(-1) ?? '', /^error: could not compile/);
    assert.match(readFileSync(problem.logFile, 'utf8'), /expected expression, found/);
    assert.ok(storeIsEmpty());
    assert.ok((await worker.preflight(site.options())).resumes);

    await site.cargo(`test -f "$CARGO_TARGET_DIR/part" || exit 7; ${succeed}`);
    assert.equal((await build()).how, 'built');
    assert.ok(!existsSync(problem.buildFolder));
  });

  it('gives a hint for a known cause, and reports only the end of a long log', async () => {
    await site.cargo(
      'for i in $(seq 500); do echo "line $i" >&2; done; echo "No space left on device (os error 28)" >&2; exit 101',
    );
    const error = await build().catch((reason: unknown) => reason);
    assert.ok(error instanceof CargoBuildError && error.problem.kind === 'build-failed');
    assert.equal(error.problem.lastLines.length, 30);
    assert.match(error.hint ?? '', /The disk is full/);
    assert.ok(error.hint?.includes(error.problem.logFile));
    assert.equal(readFileSync(error.problem.logFile, 'utf8').split('\n').length, 502);
  });

  it('leaves no process when it is cancelled, not even one that ignores TERM', async () => {
    const pids = site.at('pids');
    await site.cargo(`trap '' TERM; sh -c 'trap "" TERM; echo $$ >> "${pids}"; while :; do sleep 1; done' &
      echo $$ >> '${pids}'; echo "   Compiling forever v1.0.0" >&2; wait; while :; do sleep 1; done`);
    const stop = new AbortController();
    const onProgress = () => {
      const started = existsSync(pids) ? readFileSync(pids, 'utf8').trim().split('\n') : [];
      if (started.length === 2) stop.abort();
    };
    const building = problemOf(build({ signal: stop.signal, onProgress }));
    const looking = setInterval(onProgress, 20);
    const problem = await building;
    clearInterval(looking);
    assert.equal(problem.kind, 'cancelled');
    const alive = readFileSync(pids, 'utf8').trim().split('\n').map(Number).filter(isAlive);
    assert.deepEqual(alive, []);
    assert.ok(storeIsEmpty());
    assert.deepEqual(
      readdirSync(site.at('cache/build')).filter((name) => name.endsWith('.lock')),
      [],
    );
  });

  it('can be cancelled before it starts and while it waits', async () => {
    await site.cargo('sleep 5');
    assert.equal((await problemOf(build({ signal: AbortSignal.abort() }))).kind, 'cancelled');
    // One of the two holds the lock and the other waits. Then both are cancelled.
    const stop = new AbortController();
    const onProgress: BuildOptions['onProgress'] = ({ phase }) => phase === 'waiting' && stop.abort();
    const one = () => problemOf(build({ signal: stop.signal, onProgress }));
    const problems = await Promise.all([one(), one()]);
    assert.deepEqual(
      problems.map(({ kind }) => kind),
      ['cancelled', 'cancelled'],
    );
  });

  it('does not install a worker of another version or another program', async () => {
    await site.cargo(`worker='#!/bin/sh\necho 1.25.2'; ${succeed}`);
    assert.deepEqual(await problemOf(build()), { kind: 'wrong-version', expected: '1.25.1', found: '1.25.2' });
    await site.cargo(`worker='#!/bin/sh\necho hello'; ${succeed}`);
    const problem = await problemOf(build());
    assert.ok(problem.kind === 'wrong-version' && /not a prepare worker/.test(problem.found));
    assert.ok(storeIsEmpty());
  });

  it('runs the built worker without an environment', async () => {
    await site.cargo(`worker='#!/bin/sh\ntest -z "$HOME$RUSTC_WRAPPER" && echo 1.25.1'; ${succeed}`);
    assert.equal((await build({ env: { ...site.options().env, HOME: site.at('home') } })).how, 'built');
  });

  it('fails when cargo succeeds but reports no program', async () => {
    await site.cargo('exit 0');
    const problem = await problemOf(build());
    assert.ok(problem.kind === 'build-failed' && /reported no program/.test(problem.end));
  });

  it('fails when cargo dies', async () => {
    await site.cargo('kill -9 $$');
    const problem = await problemOf(build());
    assert.ok(problem.kind === 'build-failed');
    assert.equal(problem.end, 'was killed by SIGKILL');
  });

  it('reports an unusable cache folder and missing disk space', async () => {
    await site.cargo(succeed);
    await writeFile(site.at('file'), '');
    assert.equal((await problemOf(build({ cacheFolder: site.at('file/below') }))).kind, 'cache-folder');
    await rm(site.at('cache'), { recursive: true });
    await mkdir(site.at('cache/build'), { recursive: true });
    await writeFile(site.at('cache/workers'), '');
    assert.equal((await problemOf(build())).kind, 'cache-folder');
    assert.equal((await problemOf(build({ wholeBuildBytes: 2 ** 60 }))).kind, 'no-space');
  });
});
