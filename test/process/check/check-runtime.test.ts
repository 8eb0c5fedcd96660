import assert from 'node:assert/strict';
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckOptions, type CheckResult, checkRuntime, type Preparer } from '../../../src/check/check-runtime.ts';
import { builtInProfiles, type Profile } from '../../../src/limits/profile.ts';
import { readRuntime } from '../../../src/runtime/blob.ts';
import { inspect } from '../../../src/runtime/inspect.ts';
import type { HostOptions } from '../../../src/worker/host/open-host.ts';
import { tinyPvf } from '../../../src/worker/probe/tiny-pvf.ts';
import type { RevisionId } from '../../../src/worker/wire/revision-id.ts';
import {
  type FakeAnswer,
  type FakeSpawn,
  type FakeWorker,
  installFakeWorker,
  okAnswer,
} from '../../support/fake-worker.ts';
import { until } from '../../support/leaks.ts';
import { plainPvf } from '../../support/plain-pvf.ts';
import { schemaErrors } from '../../support/report-schema.ts';
import { type Workbench, withHost, withWorkbench } from '../../support/workbench.ts';
import { codeOfCase } from '../../unit/check/protocol-cases.ts';

const [profile] = builtInProfiles as readonly [Profile, ...Profile[]];
const COMPRESSED_MAGIC = Uint8Array.of(0x52, 0xbc, 0x53, 0x76, 0x46, 0xdb, 0x8e, 0x05);

function optionsFor(preparer: Preparer, change: Partial<CheckOptions> = {}): CheckOptions {
  return {
    preparer,
    inputs: { profile },
    settings: { kind: 'precheck' },
    tool: { name: 'polkadot-pvf', version: '0.0.0' },
    inspect,
    facts: inspect(plainPvf, profile.bombLimit),
    signal: new AbortController().signal,
    ...change,
  };
}

interface Setting {
  readonly bench: Workbench;
  readonly fake: FakeWorker;
  /** The runtime's file. */
  readonly file: string;
  check(change?: Partial<CheckOptions>): Promise<CheckResult>;
}

interface How {
  readonly spawns?: readonly FakeSpawn[];
  readonly wire?: RevisionId;
  readonly host?: Partial<HostOptions>;
  readonly content?: Uint8Array;
}

/** Writes a runtime to disk, with a fake worker to prepare it. */
function withFake({ spawns = [{}], wire, host, content = plainPvf }: How, test: (setting: Setting) => Promise<void>) {
  return withWorkbench(async (bench) => {
    const fake = installFakeWorker(bench.folder, { spawns }, wire);
    const file = join(bench.folder, 'a.wasm');
    writeFileSync(file, content);
    const body: Parameters<typeof withHost>[2] = async (opened) => {
      const preparer: Preparer = { kind: 'worker', worker: fake.examined, host: opened.host };
      const check = async (change: Partial<CheckOptions> = {}) =>
        checkRuntime(await readRuntime(file), optionsFor(preparer, change));
      await test({ bench, fake, file, check });
    };
    await withHost(bench, fake.examined, body, host);
  });
}

const answering = (...jobs: FakeAnswer[]): FakeSpawn => ({ jobs });

describe('checkRuntime', () => {
  it('returns the report and the path of the artifact', async () => {
    const ok = await okAnswer({ artifact: 'c0ffee' });
    await withFake({ spawns: [answering(ok)] }, async ({ check }) => {
      const { report, artifactPath } = await check();
      assert.deepEqual(schemaErrors(report), []);
      assert.equal(report.vote, 'accept');
      assert.equal(readFileSync(artifactPath ?? '').toString('hex'), 'c0ffee');
      assert.equal(report.stats?.artifactBytes, 3);
    });
  });

  it('reports the given outcome when there is no worker', async () => {
    await withFake({}, async ({ check, fake }) => {
      const outcome = { kind: 'not-spawned', cause: 'no-worker', message: 'None was found' } as const;
      const { report, artifactPath } = await check({ preparer: { kind: 'none', outcome } });
      assert.deepEqual(schemaErrors(report), []);
      assert.equal(report.vote, 'undecided');
      assert.equal(report.runtime.rawBytes, plainPvf.length);
      assert.equal(artifactPath, undefined);
      assert.deepEqual(fake.records('spawn'), []);
    });
  });

  it('is undecided when the worker never connects', async () => {
    await withFake({ spawns: [{ start: 'stay' }], host: { spawnTimeoutMs: 250 } }, async ({ check, fake }) => {
      const { report } = await check();
      assert.deepEqual(schemaErrors(report), []);
      assert.equal(report.vote, 'undecided');
      assert.equal(report.outcome?.error?.variant, 'accept-timeout');
      assert.match(report.conclusion.reason, /did not connect within 250 ms/);
      assert.equal(fake.records('spawn').length, 2, 'a second try may help');
      assert.equal(report.stats, undefined);
    });
  });

  it('reports the start of the worker', async () => {
    const slow = { ...(await okAnswer()), delayMs: 400 };
    await withFake({ spawns: [answering(slow)] }, async ({ check }) => {
      const events: string[] = [];
      await check({ events: { onStart: () => events.push('start') } });
      assert.deepEqual(events, ['start']);
    });
  });

  it('rejects with the reason of the signal', async () => {
    const slow = { ...(await okAnswer()), delayMs: 60_000 };
    await withFake({ spawns: [answering(slow)] }, async ({ check, fake }) => {
      const cancel = new AbortController();
      const reason = new Error('enough');
      const checking = check({ signal: cancel.signal });
      checking.catch(() => {});
      await until('the request', () => fake.records('request').length === 1);
      cancel.abort(reason);
      await assert.rejects(checking, reason);
    });
  });
});

describe('checkRuntime with a file that changes', () => {
  async function whilePreparing(change: (file: string) => void): Promise<CheckResult> {
    const slow = { ...(await okAnswer()), delayMs: 300 };
    let result: CheckResult | undefined;
    await withFake({ spawns: [answering(slow)] }, async ({ check, fake, file }) => {
      const checking = check();
      checking.catch(() => {});
      await until('the request', () => fake.records('request').length === 1);
      change(file);
      result = await checking;
    });
    assert.ok(result);
    return result;
  }

  it('is undecided and has no artifact', async () => {
    const { report, file, artifactPath } = await whilePreparing((file) => writeFileSync(file, plainPvf.slice(0, 8)));
    assert.deepEqual(schemaErrors(report), []);
    assert.equal(report.outcome?.kind, 'stale-input');
    assert.equal(report.vote, 'undecided');
    assert.match(report.conclusion.reason, /a\.wasm changed while it was prepared/);
    assert.equal(report.stats, undefined);
    assert.deepEqual([file, artifactPath], [undefined, undefined]);
  });

  it('keeps the verdict when the file was touched or written with the same bytes', async () => {
    const touched = await whilePreparing((file) => utimesSync(file, 1, 1));
    assert.equal(touched.report.vote, 'accept');
    assert.equal(touched.file?.modifiedMs, 1000);
    const rewritten = await whilePreparing((file) => writeFileSync(file, plainPvf));
    assert.equal(rewritten.report.vote, 'accept');
  });
});

describe('checkRuntime with a worker older than pvf-common 16, for which the host decompresses', () => {
  const wire: RevisionId = '8.0.0';

  it('reports damage without running the worker', async () => {
    const content = Uint8Array.of(...COMPRESSED_MAGIC, 1, 2, 3);
    await withFake({ wire, content }, async ({ check, fake }) => {
      const { report } = await check();
      assert.deepEqual(schemaErrors(report), []);
      assert.equal(report.vote, 'reject');
      assert.equal(report.outcome?.error?.variant, 'CouldNotDecompressCodeBlob');
      assert.equal(report.outcome?.error?.message, 'Blob had invalid format');
      assert.equal(report.stats, undefined);
      assert.deepEqual(fake.records('spawn'), []);
    });
  });

  it('reports a bomb in the words of the worker', async () => {
    await withFake({ wire, content: codeOfCase('zstd bomb 1 GiB of zeroes') }, async ({ check }) => {
      const { report } = await check();
      assert.equal(report.outcome?.error?.message, 'Possible compression bomb encountered');
      assert.ok(!('rawBytes' in report.runtime));
    });
  });

  it('sends the decompressed code', async () => {
    const ok = await okAnswer({ wire });
    await withFake(
      { wire, content: codeOfCase('minimal pvf, zstd'), spawns: [answering(ok)] },
      async ({ check, fake }) => {
        const { report } = await check();
        assert.equal(report.vote, 'accept');
        const [request] = fake.records('request');
        assert.ok(request?.hex.includes(Buffer.from(tinyPvf).toString('hex')));
      },
    );
  });
});
