import assert from 'node:assert/strict';
import { type HostLease, WarmHost, type WarmHostOptions } from '../../../src/check/warm-host.ts';
import type { OpenedHost } from '../../../src/worker/host/open-host.ts';
import type { ExaminedWorker } from '../../../src/worker/probe/examined-worker.ts';
import { programAt } from '../../../src/worker/process/program.ts';
import { revision } from '../../../src/worker/wire/revision.ts';

function worker(identity: string): ExaminedWorker {
  const off = { available: false, reason: 'not needed' } as const;
  const security = { landlock: off, seccomp: off, changeRoot: off, secureClone: off };
  const path = `/workers/${identity}`;
  const common = { path, program: programAt(path), version: '1.25.1', revision: revision('26.0.0') };
  return { kind: 'official', ...common, security, identity };
}

/** Hosts that only record when they are opened and closed. */
function setUp(change: Partial<WarmHostOptions> = {}) {
  const events: string[] = [];
  const warm = new WarmHost({
    open: async ({ identity }) => {
      events.push(`open ${identity}`);
      const host = { [Symbol.asyncDispose]: async () => void events.push(`close ${identity}`) };
      return { host } as unknown as OpenedHost;
    },
    idleMs: undefined,
    onError: (error) => assert.fail(String(error)),
    ...change,
  });
  const lease = (identity: string, directives = '') => warm.lease(worker(identity), directives);
  return { warm, events, lease };
}

const use = async (leasing: Promise<HostLease>) => (await leasing).release('keep');

describe('WarmHost', () => {
  it('reuses the host for the next job of the same worker', async () => {
    const { warm, events, lease } = setUp();
    await use(lease('a'));
    await use(lease('a'));
    assert.deepEqual(events, ['open a']);
    await warm[Symbol.asyncDispose]();
    assert.deepEqual(events, ['open a', 'close a']);
  });

  it('opens one host for two leases at the same time', async () => {
    const { events, lease } = setUp();
    const [one, other] = await Promise.all([lease('a'), lease('a')]);
    assert.equal(one.opened, other.opened);
    assert.deepEqual(events, ['open a']);
  });

  it('closes an idle host and opens another one after a restart', async () => {
    const { warm, events, lease } = setUp();
    await warm.restart();
    await use(lease('a'));
    await warm.restart();
    assert.deepEqual(events, ['open a', 'close a']);
    await use(lease('a'));
    assert.deepEqual(events, ['open a', 'close a', 'open a']);
  });

  it('closes a host in use when its job has ended after a restart', async () => {
    const { warm, events, lease } = setUp();
    const running = await lease('a');
    await warm.restart();
    assert.deepEqual(events, ['open a']);
    await use(lease('a'));
    assert.deepEqual(events, ['open a', 'open a']);
    await running.release('keep');
    assert.deepEqual(events, ['open a', 'open a', 'close a']);
  });

  it('closes the host of another worker or of other log directives', async () => {
    const { events, lease } = setUp();
    await use(lease('a'));
    await use(lease('b'));
    assert.deepEqual(events, ['open a', 'open b', 'close a']);
    await use(lease('b', 'debug'));
    assert.deepEqual(events.slice(3), ['open b', 'close b']);
  });

  it('keeps a host open until its last user releases it', async () => {
    const { events, lease } = setUp();
    const [one, other] = await Promise.all([lease('a'), lease('a')]);
    await use(lease('b'));
    await one.release('keep');
    assert.deepEqual(events, ['open a', 'open b']);
    await other.release('keep');
    assert.deepEqual(events, ['open a', 'open b', 'close a']);
  });

  it('does not reuse a host that was released with close', async () => {
    const { events, lease } = setUp();
    await (await lease('a')).release('close');
    assert.deepEqual(events, ['open a', 'close a']);
    await use(lease('a'));
    assert.deepEqual(events, ['open a', 'close a', 'open a']);
  });

  it('closes an idle host', async () => {
    const { events, lease } = setUp({ idleMs: 20 });
    const held = await lease('a');
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.deepEqual(events, ['open a']);
    await held.release('keep');
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(events, ['open a', 'close a']);
  });

  it('keeps a host in use open when its successor is idle', async () => {
    const { events, lease } = setUp({ idleMs: 20 });
    const held = await lease('a');
    await use(lease('b'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(events, ['open a', 'open b', 'close b']);
    await held.release('keep');
    assert.deepEqual(events.at(-1), 'close a');
  });

  it('closes a host in use when it is disposed', async () => {
    const { warm, events, lease } = setUp();
    const held = await lease('a');
    await warm[Symbol.asyncDispose]();
    assert.deepEqual(events, ['open a', 'close a']);
    await held.release('keep');
  });

  it('opens the host again after a failure', async () => {
    let tries = 0;
    const failure = new Error('no folder');
    const { lease } = setUp({
      open: async () => {
        tries += 1;
        throw failure;
      },
    });
    await assert.rejects(lease('a'), failure);
    await assert.rejects(lease('a'), failure);
    assert.equal(tries, 2);
  });
});
