/** Servers that are no node, or a bad one. Each read ends with a clear error in bounded time. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { toHex } from '../../../src/base/bytes.ts';
import { blake2b256 } from '../../../src/base/hash.ts';
import { ChainError } from '../../../src/chain/chain-reader.ts';
import { openChain } from '../../../src/chain/open-chain.ts';
import { keyOf, type Lie, Refusal, Silence, startFakeNode } from '../../support/fake-node.ts';
import { relayChain, relayMetadata } from '../../support/fake-relay.ts';
import { type HostileServer, startHostileServer, startHttpServer, startTcpServer } from '../../support/hostile-rpc.ts';
import { footprint } from '../../support/leaks.ts';

/** Long enough for a busy machine, except where nothing is to come. */
const SHORT_MS = 1500;

/** The message after the endpoint. */
async function failure(work: Promise<unknown>, url: string): Promise<string> {
  try {
    await work;
  } catch (error) {
    assert(error instanceof ChainError, String(error));
    assert(error.message.startsWith(`${url}: `), error.message);
    assert.match(error.message, /\.$/);
    return error.message.slice(url.length + 2);
  }
  throw new Error('no error');
}

async function failureOfOpening(server: HostileServer, timeoutMs = SHORT_MS): Promise<string> {
  return failure(openChain(server.url, { timeoutMs }), server.url);
}

describe('no node', function () {
  this.timeout(60_000);

  it('because nothing listens there', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const url = `ws://127.0.0.1:${port}`;
    assert.match(await failure(openChain(url), url), /^the connection was refused\. Check the address/);
  });

  it('because the name of the host is not known', async () => {
    const url = 'wss://no-such-host.invalid';
    assert.match(await failure(openChain(url), url), /^the name of the host .*\. Check the address/);
  });

  it('because the server says nothing', async () => {
    await using server = await startTcpServer();
    assert.match(await failureOfOpening(server), /^the server did not open a WebSocket within 1\.5 s\. Check/);
  });

  it('because the server closes at once', async () => {
    await using server = await startTcpServer((socket) => socket.end());
    assert.match(
      await failureOfOpening(server),
      /^(the server closed the connection|the connection failed: "socket hang up")/,
    );
  });

  it('because the server speaks another protocol', async () => {
    await using server = await startTcpServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
    assert.match(await failureOfOpening(server), /^the connection failed: "Parse Error.*Check the address/);
  });

  it('because it is a web server', async () => {
    await using server = await startHttpServer((_, response) => response.end('<html>'));
    assert.match(
      await failureOfOpening(server),
      /answers HTTP 200 instead of opening a WebSocket\. Give the WebSocket address/,
    );
  });

  it('because the server redirects', async () => {
    await using target = await startTcpServer();
    await using server = await startHttpServer((_, response) => {
      response.writeHead(301, { location: target.url.replace('ws', 'http') }).end();
    });
    assert.match(await failureOfOpening(server), /answers HTTP 301.*redirects are not followed/);
    assert.equal(target.connections(), 0);
  });

  it('because the password is wrong, and the message does not show it', async () => {
    await using server = await startHttpServer((_, response) => response.writeHead(401).end());
    const { url } = server;
    const given = `${url.replace('ws://', 'ws://user:hunter2@')}/s3cr3t?key=s3cr3t`;
    const message = await failure(openChain(given), `${url}/…?…`);
    assert.match(message, /answers HTTP 401.*Check the password or key/);
    assert.doesNotMatch(message, /hunter2|s3cr3t/);
  });

  it('because the server does not speak TLS', async () => {
    await using server = await startTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const url = server.url.replace('ws', 'wss');
    assert.match(await failure(openChain(url), url), /^the server does not speak TLS\. Use ws:\/\//);
  });

  it('because the server answers nothing', async () => {
    await using server = await startHostileServer({});
    assert.match(await failureOfOpening(server), /^the server is connected, but did not answer within 1\.5 s/);
  });

  it('because the server closes with a reason', async () => {
    await using server = await startHostileServer({
      onMessage: (socket) => socket.close(1008, 'too many \u001b[31mconnections'),
    });
    const message = await failureOfOpening(server);
    assert.match(message, /^the server closed the connection \(code 1008, "too many .*connections"\)\. Try another/);
    assert(!message.includes('\u001b'));
  });

  it('because the server does not speak JSON-RPC', async () => {
    for (const sent of ['hello', '[1]', 'null', Buffer.from('{}')]) {
      await using server = await startHostileServer({ onConnection: (socket) => socket.send(sent) });
      assert.match(await failureOfOpening(server), /^the server does not speak JSON-RPC: it sent /);
    }
  });

  it('because the server is a node of another kind', async () => {
    await using node = await startFakeNode(relayChain(), () => {
      throw new Refusal(-32601, 'the method does not exist');
    });
    const message = await failure(openChain(node.url), node.url);
    assert.match(
      message,
      /^the server has no method chain_getFinalizedHead \("the method does not exist"\)\. Give the address/,
    );
  });

  it('because the server wants no more requests', async () => {
    const refusal = JSON.stringify({
      jsonrpc: '2.0',
      id: null,
      error: { code: -32999, message: 'rate limit exceeded' },
    });
    await using server = await startHostileServer({ onMessage: (socket) => socket.send(refusal) });
    assert.match(await failureOfOpening(server), /with an error: "rate limit exceeded"/);
  });
});

describe('a server that sends too much', function () {
  this.timeout(60_000);

  it('in one message', async () => {
    const frame = Buffer.alloc(100_000_000, '1');
    await using server = await startHostileServer({ onMessage: (socket) => socket.send(frame, { binary: false }) });
    const before = process.memoryUsage.rss();
    assert.match(await failureOfOpening(server, 20_000), /sent a message of more than 32 MiB, which is not read/);
    assert(process.memoryUsage.rss() - before < 200_000_000);
  });

  it('in fragments of one message', async () => {
    const part = Buffer.alloc(1_000_000, '1');
    await using server = await startHostileServer({
      onMessage: (socket) => {
        for (let at = 0; at < 40; at += 1) socket.send(part, { fin: false, binary: false });
      },
    });
    assert.match(await failureOfOpening(server, 20_000), /sent a message of more than 32 MiB/);
  });

  it('in small messages', async () => {
    await using server = await startHostileServer({
      onConnection: (socket) => {
        const timer = setInterval(() => {
          for (let at = 0; at < 50; at += 1) socket.send('{"jsonrpc":"2.0","method":"news","params":[]}');
        }, 1);
        socket.on('close', () => clearInterval(timer));
      },
    });
    assert.match(await failureOfOpening(server, 20_000), /sends messages without end that answer no request/);
  });

  for (const [name, values] of [
    ['values', `[${'{},'.repeat(10_000_000)}{}]`],
    ['nested values', '['.repeat(30_000_000)],
  ] as const) {
    it(`in ${name} of one message`, async () => {
      await using server = await startHostileServer({
        onMessage: (socket, text) => {
          const { id } = JSON.parse(text) as { id: number };
          socket.send(`{"jsonrpc":"2.0","id":${id},"result":${values}}`);
        },
      });
      assert.match(await failureOfOpening(server, 20_000), /sent a message with more than 20000 values/);
    });
  }

  it('in values that take no byte each', async () => {
    const metadata = relayMetadata({ hasEmptyConfigs: true });
    const chain = relayChain();
    const entry = 'Configuration.PendingConfigs';
    // The length of a list: 2^30 - 1.
    await using node = await startFakeNode({ ...chain, metadata, raw: { [keyOf(metadata, entry)]: '0xfeffffff' } });
    await using reader = await openChain(node.url);
    assert.match(
      await failure(reader.limits(), node.url),
      /takes more than 512 MiB of memory|PendingConfigs can't be decoded|did not give the limits/,
    );
    assert.equal((await reader.metadata()).length, metadata.length);
  }).timeout(90_000);

  it('in keys without end', async () => {
    let last = 0;
    const lie: Lie = (method, params) => {
      if (method !== 'state_getKeysPaged') return undefined;
      return Array.from({ length: 1000 }, () => `${String(params[0])}${(last++).toString(16).padStart(24, '0')}`);
    };
    await using node = await startFakeNode(relayChain(), lie);
    await using reader = await openChain(node.url);
    assert.match(await failure(reader.paras(), node.url), /more than 20000 entries/);
  });

  it('in keys that repeat', async () => {
    const lie: Lie = (method, params) => {
      if (method !== 'state_getKeysPaged') return undefined;
      return Array.from({ length: 1000 }, () => `${String(params[0])}00`);
    };
    await using node = await startFakeNode(relayChain(), lie);
    await using reader = await openChain(node.url);
    assert.match(await failure(reader.paras(), node.url), /state_getKeysPaged is not what a node gives/);
  });
});

describe('a node that lies', function () {
  this.timeout(60_000);

  const code = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  const codeHash = toHex(blake2b256(code));

  it('about a code is told as such', async () => {
    const values = [['Paras.CodeByHash', [codeHash], Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 8)]] as const;
    await using node = await startFakeNode(relayChain({ values }));
    await using reader = await openChain(node.url);
    assert.match(
      await failure(reader.code(codeHash), node.url),
      /^the server gave wrong bytes for the code 0x.*Don't trust this server/,
    );
  });

  const metadata = relayMetadata();
  const damages: readonly (readonly [name: string, bytes: Uint8Array])[] = [
    ['cut', metadata.slice(0, metadata.length >> 1)],
    ['empty', new Uint8Array()],
    ['of zeros', new Uint8Array(5000)],
    ['with zeros at its end', metadata.slice().fill(0, 200)],
    ['with ones at its end', metadata.slice().fill(255, 200)],
    ['without its start', metadata.slice(1)],
  ];
  for (const [name, bytes] of damages) {
    it(`about the metadata: ${name}`, async () => {
      await using node = await startFakeNode({ ...relayChain(), metadata: bytes, values: [], calls: {} });
      assert.match(
        await failure(openChain(node.url, { timeoutMs: 10_000 }), node.url),
        /metadata of the chain's runtime|neither a relay chain nor a parachain/,
      );
    });
  }

  it('about names, which are shown without control characters', async () => {
    const param = Buffer.from(relayMetadata({ unknownParam: true }));
    param.write('\u001b[2J\n', param.indexOf('FuelPerBlock'));
    const chain = relayChain({ calls: { 'ParachainHost.session_executor_params': [] } });
    await using node = await startFakeNode({ ...chain, metadata: new Uint8Array(param) }, (method, [name]) =>
      // A list with the fifth param, and its value.
      method === 'state_call' && name === 'ParachainHost_session_executor_params'
        ? '0x0104040000000000000000'
        : undefined,
    );
    await using reader = await openChain(node.url);
    const message = await failure(reader.limits(), node.url);
    assert.match(message, /does not know: "\\u001b\[2J\\n/);
    assert(!message.includes('\u001b'));
  });

  it('about the version of the metadata', async () => {
    const bytes = metadata.slice();
    bytes[4] = 99;
    await using node = await startFakeNode({ ...relayChain(), metadata: bytes, values: [], calls: {} });
    assert.match(
      await failure(openChain(node.url), node.url),
      /has version 99, and versions 14 to 16 can be read\. Update this tool/,
    );
  });

  const lies: readonly (readonly [method: string, answers: readonly unknown[]])[] = [
    ['chain_getFinalizedHead', [7, '0x', {}, []]],
    ['chain_getHeader', [{}, { number: 'x' }, { number: '0xfffffffffffffffffff' }, 5]],
    ['state_getRuntimeVersion', [{ specName: 5 }, { specName: '\u001b[2J', specVersion: 1 }, 'x']],
    ['chain_getBlockHash', ['0x12', []]],
    ['state_call', [{}, '0x', '0xzz', '12', '0xffffffffff']],
  ];
  for (const [method, answers] of lies) {
    it(`in the answer to ${method}`, async () => {
      for (const answer of answers) {
        await using node = await startFakeNode(relayChain(), (asked) => (asked === method ? answer : undefined));
        await failure(openChain(node.url), node.url);
      }
    });
  }

  const readLies: readonly (readonly [method: string, answers: readonly unknown[]])[] = [
    ['state_getStorage', ['0x', '0x00', '0xffffffffffff', {}, 5]],
    ['state_getKeysPaged', [{}, [5], ['0x00'], 'x']],
    ['state_queryStorageAt', [{}, [], [{}], [{ changes: [5] }], [{ changes: [['0x00', '0x00']] }]]],
  ];
  for (const [method, answers] of readLies) {
    it(`in the answer to ${method}`, async () => {
      const values = [['Paras.CurrentCodeHash', [5], codeHash]] as const;
      let answer: unknown;
      await using node = await startFakeNode(relayChain({ values }), (asked) =>
        asked === method ? answer : undefined,
      );
      await using reader = await openChain(node.url, { timeoutMs: 10_000 });
      for (const lie of answers) {
        answer = lie;
        await failure(method === 'state_getStorage' ? reader.limits() : reader.paras(), node.url);
      }
    });
  }
});

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
    assert.match(await failure(reader.code(codeHash), node.url), /^the server closed the connection/);
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
    await using reader = await openChain(server.url, { timeoutMs: SHORT_MS * 4 });
    isSilent = true;
    assert.match(await failure(reader.code(codeHash), server.url), /^the server did not give the code within 6 s/);
    isSilent = false;
    assert.deepEqual(await reader.code(codeHash), code);
  });

  it('to a server that serves another chain afterwards is an error', async () => {
    let genesis: string | undefined;
    await using node = await startFakeNode(chain, (method) => (method === 'chain_getBlockHash' ? genesis : undefined));
    await using reader = await openChain(node.url);
    genesis = `0x${'77'.repeat(32)}`;
    node.drop();
    assert.match(await failure(reader.code(codeHash), node.url), /now serves another chain/);
  });

  it('leaves no socket and no thread, however it ends', async () => {
    const mark = import.meta.dirname;
    const before = footprint(mark);
    {
      await using node = await startFakeNode(chain);
      await using silent = await startTcpServer();
      await using reader = await openChain(node.url);
      await reader.limits();
      await failure(openChain(silent.url, { timeoutMs: 200 }), silent.url);
      const stop = new AbortController();
      const stopped = openChain(silent.url, { signal: stop.signal });
      setTimeout(() => stop.abort(new Error('stopped')), 500);
      await assert.rejects(stopped, /^Error: stopped$/);
    }
    const { sockets, openFiles } = footprint(mark);
    assert.equal(sockets, before.sockets);
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
    assert.match(await failure(reader.limits(), node.url), /the connection was closed/);
    assert.equal(node.connections(), 1);
  });
});
