/** Servers that are no node, or a bad one. Each read ends with a clear error in bounded time. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { openChain } from '../../../src/chain/open-chain.ts';
import { chainFailure } from '../../support/chain-failure.ts';
import { keyOf, type Lie, Refusal, startFakeNode } from '../../support/fake-node.ts';
import { relayChain, relayMetadata } from '../../support/fake-relay.ts';
import { type HostileServer, startHostileServer, startHttpServer, startTcpServer } from '../../support/hostile-rpc.ts';

/** For servers from which nothing is to come. */
const SHORT_MS = 1500;

async function failureOfOpening(server: HostileServer, timeoutMs = SHORT_MS): Promise<string> {
  return chainFailure(openChain(server.url, { timeoutMs }), server.url);
}

describe('no node', function () {
  this.timeout(60_000);

  it('because nothing listens there', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const url = `ws://127.0.0.1:${port}`;
    assert.match(await chainFailure(openChain(url), url), /^the connection was refused\. Check the address/);
  });

  it('because the name of the host is not known', async () => {
    const url = 'wss://no-such-host.invalid';
    assert.match(await chainFailure(openChain(url), url), /^the name of the host .*\. Check the address/);
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
    const message = await chainFailure(openChain(given), `${url}/…?…`);
    assert.match(message, /answers HTTP 401.*Check the password or key/);
    assert.doesNotMatch(message, /hunter2|s3cr3t/);
  });

  it('because the server does not speak TLS', async () => {
    await using server = await startTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const url = server.url.replace('ws', 'wss');
    assert.match(await chainFailure(openChain(url), url), /^the server does not speak TLS\. Use ws:\/\//);
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
    const message = await chainFailure(openChain(node.url), node.url);
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

  it('in pings', async () => {
    await using server = await startHostileServer({
      onMessage: (socket) => {
        const timer = setInterval(() => {
          for (let at = 0; at < 100; at += 1) socket.ping();
        }, 1);
        socket.on('close', () => clearInterval(timer));
      },
    });
    assert.match(await failureOfOpening(server, 20_000), /closed the connection \(code 1006\)/);
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
      await chainFailure(reader.limits(), node.url),
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
    assert.match(await chainFailure(reader.paras(), node.url), /more than 20000 entries/);
  });

  it('in keys that repeat', async () => {
    const lie: Lie = (method, params) => {
      if (method !== 'state_getKeysPaged') return undefined;
      return Array.from({ length: 1000 }, () => `${String(params[0])}00`);
    };
    await using node = await startFakeNode(relayChain(), lie);
    await using reader = await openChain(node.url);
    assert.match(await chainFailure(reader.paras(), node.url), /state_getKeysPaged is not what a node gives/);
  });
});
