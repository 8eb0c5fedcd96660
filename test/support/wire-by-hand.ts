/**
 * Talks to a prepare worker in bytes written by hand, without code from src/. This is an oracle for the host's results
 * with the same worker. No sandbox, wire revision 26.0.0, Linux.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type DirectAnswer =
  | { readonly kind: 'ok'; readonly checksum: string; readonly codeBytes: number }
  /** The discriminant of `PrepareError`, and its text if it has one. */
  | { readonly kind: 'error'; readonly discriminant: number; readonly text: string };

/** Prepares a blob for pre-checking, with 60 s and a bomb limit of 30 MiB. */
export async function askDirectly(program: string, blob: Uint8Array): Promise<DirectAnswer> {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-'));
  const [socketPath, dir] = [join(folder, 's'), join(folder, 'dir')];
  mkdirSync(dir);
  writeFileSync(join(dir, 'tmp-artifact'), '');
  const server = createServer().listen(socketPath);
  let worker: ChildProcess | undefined;
  try {
    await once(server, 'listening');
    const args = ['prepare-worker', '--socket-path', socketPath, '--worker-dir-path', dir];
    worker = spawn(program, args, { env: { RUST_LOG: '' }, stdio: ['ignore', 'pipe', 'ignore'], detached: true });
    const [socket] = (await once(server, 'connection')) as [Socket];
    socket.write(frame(Buffer.alloc(5)));
    socket.write(frame(request(blob)));
    return decode(await readFrame(socket));
  } finally {
    if (worker?.pid !== undefined) process.kill(-worker.pid, 'SIGKILL');
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function frame(payload: Uint8Array): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(payload.length));
  return Buffer.concat([length, payload]);
}

/** Code, bomb limit, code hash (which the worker ignores), no params, 60 s and 0 ns, pre-checking. */
function request(blob: Uint8Array): Buffer {
  const bombLimit = Buffer.from('0000e001', 'hex');
  const rest = Buffer.from(`00${'3c00000000000000'}${'00000000'}01`, 'hex');
  return Buffer.concat([compact(blob.length), blob, bombLimit, Buffer.alloc(32), rest]);
}

/** SCALE's compact encoding of a number below 2^30. */
function compact(value: number): Buffer {
  if (value < 64) return Buffer.from([value << 2]);
  const bytes = Buffer.alloc(value < 2 ** 14 ? 2 : 4);
  bytes.writeUIntLE(value * 4 + (bytes.length === 2 ? 1 : 2), 0, bytes.length);
  return bytes;
}

async function readFrame(socket: Socket): Promise<Buffer> {
  let received = Buffer.alloc(0);
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk as Buffer]);
    if (received.length >= 8 && received.length >= 8 + Number(received.readBigUInt64LE())) return received.subarray(8);
  }
  throw new Error('the worker closed the stream');
}

/**
 * Ok has 83 bytes: 0, checksum, CPU time, memory, code length. Err has 1, a discriminant, and a text if there is one.
 */
function decode(answer: Buffer): DirectAnswer {
  if (answer[0] === 0) {
    return { kind: 'ok', checksum: `0x${answer.toString('hex', 1, 33)}`, codeBytes: answer.readUInt32LE(79) };
  }
  const at = [1, 2, 4][(answer[2] ?? 0) & 3] ?? 0;
  return { kind: 'error', discriminant: answer[1] ?? -1, text: answer.toString('utf8', 2 + at) };
}
