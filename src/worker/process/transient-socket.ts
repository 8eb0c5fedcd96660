import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { maxSocketPathBytes } from './private-folder.ts';

/** A listening socket for one connection. Disposing of it deletes its path. */
export interface TransientSocket extends AsyncDisposable {
  readonly path: string;
  /** The first connection. Rejects when the listener fails. Stays pending without a connection. */
  readonly accepted: Promise<Socket>;
}

/** A path for a socket in `folder`. On Windows, for the built-in worker, a named pipe. */
function transientSocketPath(folder: string): string {
  const name = randomBytes(5).toString('hex');
  return process.platform === 'win32' ? `\\\\.\\pipe\\pvf-${name}` : join(folder, `s-${name}`);
}

/** Binds and listens. Rejects with a `RangeError` when the path is too long, or with the system's error. */
export async function listenOnce(folder: string): Promise<TransientSocket> {
  const path = transientSocketPath(folder);
  const length = Buffer.byteLength(path);
  if (length > maxSocketPathBytes) {
    throw new RangeError(
      `the socket path is ${length} bytes long, more than the ${maxSocketPathBytes} allowed: ${path}`,
    );
  }
  const server = createServer();
  server.maxConnections = 1;
  const accepted = new Promise<Socket>((resolve, reject) => {
    server.once('connection', (socket) => {
      // Only the worker connects.
      server.close();
      resolve(socket);
    });
    server.once('error', reject);
  });
  accepted.catch(() => {});
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  return {
    path,
    accepted,
    [Symbol.asyncDispose]: async () => {
      server.close();
      // The worker unlinks the path after connecting. So does Polkadot's host.
      await rm(path, { force: true });
    },
  };
}
