/** Servers on loopback that speak WebSocket as a test wants it. */

import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface HostileServer extends AsyncDisposable {
  readonly url: string;
  /** How many there were. */
  readonly connections: () => number;
  /** Closes those that are open. */
  drop(): void;
}

export interface Hostility {
  readonly onConnection?: (socket: WebSocket) => void;
  readonly onMessage?: (socket: WebSocket, text: string) => void;
}

/** A WebSocket server. */
export async function startHostileServer({ onConnection, onMessage }: Hostility): Promise<HostileServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await once(server, 'listening');
  let connections = 0;
  server.on('connection', (socket) => {
    connections += 1;
    socket.on('error', () => {});
    socket.on('message', (data: Buffer) => onMessage?.(socket, data.toString()));
    onConnection?.(socket);
  });
  const drop = () => {
    for (const socket of server.clients) socket.terminate();
  };
  return handleOf(server, () => connections, drop);
}

/** A TCP server. It does not answer unless `onSocket` does. */
export async function startTcpServer(onSocket: (socket: Socket) => void = () => {}): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    onSocket(socket);
  });
  return listening(server, sockets);
}

/** An HTTP server that opens no WebSocket. */
export async function startHttpServer(onRequest: RequestListener): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  const server = createHttpServer(onRequest);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return listening(server, sockets);
}

async function listening(server: Server, sockets: ReadonlySet<Socket>): Promise<HostileServer> {
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return handleOf(server, () => connections, drop);
}

function handleOf(
  server: Pick<Server, 'address' | 'close'> | WebSocketServer,
  connections: () => number,
  drop: () => void,
): HostileServer {
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections,
    drop,
    async [Symbol.asyncDispose]() {
      drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
