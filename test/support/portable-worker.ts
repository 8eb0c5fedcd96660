/** Runs the built-in worker's bundle and talks to it over a socket, like a host. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { blake2b256 } from '../../src/base/hash.ts';
import { encodeFrame, FrameReader } from '../../src/worker/wire/frame.ts';
import { noSandbox, workerHandshake } from '../../src/worker/wire/handshake.ts';
import { type PvfPrepData, pvfPrepData } from '../../src/worker/wire/request.ts';
import type { PrepareWorkerResult } from '../../src/worker/wire/response.ts';
import { decodeResponse, revision } from '../../src/worker/wire/revision.ts';

const bundle = path.join(import.meta.dirname, '../../dist/portable-worker.cjs');
const engine = path.join(import.meta.dirname, '../../media/pvf-engine.wasm.br');

/** For a `before` hook: fails if the worker is not built. */
export function needPortableWorker(): void {
  assert.ok(existsSync(bundle), `${bundle} is missing; \`npm run build\` builds it`);
  assert.ok(existsSync(engine), `${engine} is missing; engine/build.sh builds it`);
}

interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A worker that has connected and not yet received anything. */
export interface ConnectedWorker {
  readonly folder: string;
  readonly pid: number;
  readonly socketPath: string;
  readonly artifactPath: string;
  readonly ended: Promise<ProcessEnd>;
  stderr(): string;
  /** Writes bytes without a frame. */
  write(bytes: Uint8Array): void;
  send(payload: Uint8Array): void;
  shakeHands(): void;
  /** The next response; rejects when the stream is closed. */
  answer(): Promise<PrepareWorkerResult>;
  prepare(request: Partial<PvfPrepData>): Promise<PrepareWorkerResult>;
  artifact(): Buffer;
  hangUp(): void;
  signal(name: NodeJS.Signals): void;
}

interface WorkerRun {
  /** Arguments before Polkadot's. */
  readonly own?: readonly string[];
  readonly log?: string;
  /** Added to `RUST_LOG`. */
  readonly env?: Readonly<Record<string, string>>;
}

export async function runWords(...words: readonly string[]): Promise<ProcessEnd & { stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [bundle, ...words], {
    env: { RUST_LOG: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    printed.stdout += text;
  });
  child.stderr.on('data', (text) => {
    printed.stderr += text;
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, ...printed };
}

/** Runs a test with a connected worker, then ends the worker. */
export async function withPortableWorker(
  test: (worker: ConnectedWorker) => Promise<void>,
  run: WorkerRun = {},
): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'portable-'));
  const server = createServer();
  let child: ChildProcess | undefined;
  try {
    const [socketPath, dir] = [path.join(folder, 's'), path.join(folder, 'dir')];
    mkdirSync(dir);
    server.listen(socketPath);
    await once(server, 'listening');
    const words = ['prepare-worker', '--socket-path', socketPath, '--worker-dir-path', dir];
    const env = { RUST_LOG: run.log ?? '', ...run.env };
    child = spawn(process.execPath, [bundle, ...(run.own ?? []), ...words], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [socket] = (await once(server, 'connection')) as [Socket];
    const worker = connectedWorker(child, socket, { folder, socketPath, artifactPath: path.join(dir, 'tmp-artifact') });
    await test(worker);
    // The host ends a worker in the same way.
    socket.destroy();
    child.kill('SIGTERM');
    await worker.ended;
  } finally {
    child?.kill('SIGKILL');
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function connectedWorker(
  child: ChildProcess,
  socket: Socket,
  paths: Pick<ConnectedWorker, 'folder' | 'socketPath' | 'artifactPath'>,
): ConnectedWorker {
  let stderr = '';
  child.stderr?.on('data', (text) => {
    stderr += text;
  });
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }) as ProcessEnd);
  const answer = answersOf(socket);
  const send = (payload: Uint8Array) => void socket.write(encodeFrame(payload));
  assert.ok(child.pid !== undefined);
  return {
    ...paths,
    pid: child.pid,
    ended,
    stderr: () => stderr,
    write: (bytes) => void socket.write(bytes),
    send,
    shakeHands: () => send(workerHandshake.enc(noSandbox)),
    answer,
    prepare: (request) => {
      send(requestOf(request));
      return answer();
    },
    artifact: () => readFileSync(paths.artifactPath),
    hangUp: () => socket.destroy(),
    signal: (name) => void child.kill(name),
  };
}

function answersOf(socket: Socket): () => Promise<PrepareWorkerResult> {
  const reader = new FrameReader(2 ** 20);
  const payloads: Uint8Array[] = [];
  let isClosed = false;
  let wake = () => {};
  socket.on('data', (bytes: Buffer) => {
    payloads.push(...reader.push(bytes));
    wake();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    isClosed = true;
    wake();
  });
  return async () => {
    while (payloads.length === 0) {
      if (isClosed) throw new Error('the worker closed the stream');
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return decodeResponse(revision('26.0.0'), process.platform, payloads.shift() ?? new Uint8Array()).value;
  };
}

/** A pre-checking request with 60 s and 30 MiB. */
export function requestOf(request: Partial<PvfPrepData>): Uint8Array {
  const maybeCompressedCode = request.maybeCompressedCode ?? new Uint8Array();
  return pvfPrepData.enc({
    maybeCompressedCode,
    validationCodeBombLimit: 31_457_280,
    codeHash: blake2b256(maybeCompressedCode),
    executorParams: [],
    prepTimeout: { secs: 60n, nanos: 0 },
    prepKind: 'Prechecking',
    ...request,
  });
}
