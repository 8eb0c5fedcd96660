import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { bundleLocation } from '../../../src/base/bundles.ts';
import { toHex } from '../../../src/base/bytes.ts';
import { blake2b256 } from '../../../src/base/hash.ts';
import { openChain } from '../../../src/chain/open-chain.ts';
import { chainFailure } from '../../support/chain-failure.ts';
import { Silence, startFakeNode } from '../../support/fake-node.ts';
import { relayChain } from '../../support/fake-relay.ts';
import { startTcpServer } from '../../support/hostile-rpc.ts';
import { footprint, processesNaming } from '../../support/leaks.ts';

describe('a connection', function () {
  this.timeout(60_000);

  const code = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  const codeHash = toHex(blake2b256(code));
  const chain = relayChain({ values: [['Paras.CodeByHash', [codeHash], code]] });

  it('that is lost between two reads is opened again, once', async () => {
    await using node = await startFakeNode(chain);
    await using reader = await openChain(node.url);
    node.drop();
    assert.deepEqual(await reader.code(codeHash), code);
    const reads = await Promise.all([reader.limits(), reader.paras(), reader.code(codeHash)]);
    assert.equal(reads.length, 3);
    assert.equal(node.connections(), 2);
  });

  it('that is lost in each read is an error', async () => {
    let drops = false;
    await using node = await startFakeNode(chain, (method) => {
      if (drops && method === 'state_getStorage') node.drop();
      return undefined;
    });
    await using reader = await openChain(node.url);
    drops = true;
    assert.match(await chainFailure(reader.code(codeHash), node.url), /^the server closed the connection/);
    assert.equal(node.connections(), 2);
    drops = false;
    assert.deepEqual(await reader.code(codeHash), code);
  });

  it('to a server that stops answering ends the read, and the next one starts anew', async () => {
    let isSilent = false;
    await using server = await startFakeNode(chain, (method) => {
      if (isSilent && method === 'state_getStorage') throw new Silence();
      return undefined;
    });
    await using reader = await openChain(server.url, { timeoutMs: 6000 });
    isSilent = true;
    assert.match(await chainFailure(reader.code(codeHash), server.url), /^the server did not give the code within 6 s/);
    isSilent = false;
    assert.deepEqual(await reader.code(codeHash), code);
  });

  it('to a server that serves another chain afterwards is an error', async () => {
    let genesis: string | undefined;
    await using node = await startFakeNode(chain, (method) => (method === 'chain_getBlockHash' ? genesis : undefined));
    await using reader = await openChain(node.url);
    genesis = `0x${'77'.repeat(32)}`;
    node.drop();
    assert.match(await chainFailure(reader.code(codeHash), node.url), /now serves another chain/);
  });

  it('leaves no socket and no process, however it ends', async () => {
    const program = fileURLToPath(bundleLocation('chain-process'));
    const before = footprint(import.meta.dirname);
    {
      await using node = await startFakeNode(chain);
      await using silent = await startTcpServer();
      await using reader = await openChain(node.url);
      await reader.limits();
      await chainFailure(openChain(silent.url, { timeoutMs: 200 }), silent.url);
      const stop = new AbortController();
      const stopped = openChain(silent.url, { signal: stop.signal });
      setTimeout(() => stop.abort(new Error('stopped')), 500);
      await assert.rejects(stopped, /^Error: stopped$/);
    }
    const { sockets, openFiles } = footprint(import.meta.dirname);
    assert.equal(sockets, before.sockets);
    assert.deepEqual(processesNaming(program), []);
    assert(openFiles <= before.openFiles + 1, `${openFiles} open files, ${before.openFiles} before`);
  });

  it('rejects with the reason of the signal, in each read and afterwards', async () => {
    await using node = await startFakeNode(chain, (method) => {
      if (method === 'state_getStorage') throw new Silence();
      return undefined;
    });
    const stop = new AbortController();
    await using reader = await openChain(node.url, { signal: stop.signal });
    const reading = assert.rejects(reader.code(codeHash), /^Error: stopped$/);
    setTimeout(() => stop.abort(new Error('stopped')), 50);
    await reading;
    await assert.rejects(reader.limits(), /^Error: stopped$/);
  });

  it('that was closed by its owner is not opened again', async () => {
    await using node = await startFakeNode(chain);
    const reader = await openChain(node.url);
    await reader[Symbol.asyncDispose]();
    assert.match(await chainFailure(reader.limits(), node.url), /the connection was closed/);
    assert.equal(node.connections(), 1);
  });
});
