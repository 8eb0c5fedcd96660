import { unlink } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import type { CompileTarget } from '../../base/compile-target.ts';
import { MAX_TIMER_MS } from '../../base/deadline.ts';
import { errorMessage } from '../../base/errors.ts';
import type { Twox256 } from '../../base/hash.ts';
import type { Log } from '../../base/log.ts';
import { decode, WireDecodeError } from '../../polkadot/scale.ts';
import { builtInRevision } from '../../worker/built-in/version.ts';
import { encodeFrame } from '../../worker/wire/frame.ts';
import { workerHandshake } from '../../worker/wire/handshake.ts';
import { type PvfPrepData, pvfPrepData } from '../../worker/wire/request.ts';
import { responseCodec, revision } from '../../worker/wire/revision.ts';
import type { Engine, EngineJob } from '../engine.ts';
import { answerTo, failure } from './answer.ts';
import { Inbox, type InboxEnd } from './inbox.ts';
import { jobOf } from './job-of.ts';
import { logProgress } from './log-progress.ts';

/** A job that takes longer than this multiple of its CPU limit by the wall clock has hung. The host waits as long. */
const WALL_FACTOR = 4;
const WALL_GRACE_MS = 2000;

export interface ServiceContext {
  readonly engine: Engine;
  readonly target: CompileTarget;
  /** Started before the first job: later its wasm would have to wait until V8 has optimised the engine. */
  readonly makeHash: Promise<() => Twox256>;
  readonly workerDir: string;
  readonly log: Log;
  /** Ends the service and the running job. */
  readonly signal: AbortSignal;
}

/** Why the service ended. A worker never ends it by itself. */
export type ServiceEnd = InboxEnd | { readonly kind: 'bad-message' | 'not-connected'; readonly message: string };

const codec = responseCodec(revision(builtInRevision), process.platform);

/** Connects to the host, reads the handshake, and answers one request after another until the host closes the stream. */
export async function serve(socketPath: string, context: ServiceContext): Promise<ServiceEnd> {
  const closed = new AbortController();
  const signal = AbortSignal.any([context.signal, closed.signal]);
  let socket: Socket;
  try {
    socket = await connected(socketPath, signal);
  } catch (error) {
    return { kind: 'not-connected', message: errorMessage(error) };
  }
  const inbox = new Inbox(socket, () => closed.abort());
  try {
    return await answerRequests(socket, inbox, { ...context, signal });
  } catch (error) {
    if (!(error instanceof WireDecodeError)) throw error;
    return { kind: 'bad-message', message: error.message };
  } finally {
    closed.abort();
  }
}

/** Throws `WireDecodeError`. */
async function answerRequests(socket: Socket, inbox: Inbox, context: ServiceContext): Promise<ServiceEnd> {
  const handshake = await inbox.next();
  if (!(handshake instanceof Uint8Array)) return handshake;
  decode(workerHandshake, handshake, 'handshake');
  const makeHash = await context.makeHash;
  for (;;) {
    const payload = await inbox.next();
    if (!(payload instanceof Uint8Array)) return payload;
    const result = await prepare(decode(pvfPrepData, payload, 'prepare request').value, makeHash, context);
    if (result === undefined) return inbox.end ?? { kind: 'closed' };
    socket.write(encodeFrame(codec.enc(result)));
  }
}

/** Resolves with undefined when the service ended meanwhile. */
async function prepare(
  request: PvfPrepData,
  makeHash: () => Twox256,
  { engine, target, workerDir, log, signal }: ServiceContext,
) {
  const job = jobOf(request, target, workerDir);
  log.debug(`job of ${job.code.length} bytes, ${job.kind}`);
  const backstop = new AbortController();
  const timer = setTimeout(() => backstop.abort(), wallLimitMs(job));
  try {
    const stop = AbortSignal.any([signal, backstop.signal]);
    return await answerTo(job, await engine.prepare(job, logProgress(log), stop), makeHash);
  } catch (error) {
    if (signal.aborted) return undefined;
    if (backstop.signal.aborted) return failure({ tag: 'TimedOut', value: undefined });
    log.error(`the job failed: ${errorMessage(error)}`);
    return failure({ tag: 'JobDied', value: { err: errorMessage(error), jobPid: process.pid } });
  } finally {
    clearTimeout(timer);
  }
}

function wallLimitMs({ cpuLimitMs }: EngineJob): number {
  return Math.min(cpuLimitMs * WALL_FACTOR + WALL_GRACE_MS, MAX_TIMER_MS);
}

/** Connects. The signal destroys the socket. */
async function connected(socketPath: string, signal: AbortSignal): Promise<Socket> {
  const socket = connect(socketPath);
  signal.addEventListener('abort', () => socket.destroy(), { once: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the connection was given up')));
  });
  // A named pipe on Windows is no file.
  if (process.platform !== 'win32') await unlink(socketPath).catch(() => {});
  return socket;
}
