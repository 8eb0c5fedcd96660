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
import type { Engine, EngineJob, EngineProgress } from '../engine.ts';
import { answerTo, failure } from './answer.ts';
import { Inbox, type InboxEnd } from './inbox.ts';
import { jobOf } from './job-of.ts';

/** A job whose wall-clock time exceeds this multiple of its CPU limit hangs. The host waits as long. */
const WALL_FACTOR = 4;
const WALL_GRACE_MS = 2000;

const LOG_EVERY_MS = 100;

interface ServiceContext {
  readonly engine: Engine;
  readonly target: CompileTarget;
  /** Started before the first job. Later, its wasm would wait for V8 to optimise the engine. */
  readonly makeHash: Promise<() => Twox256>;
  readonly workerDir: string;
  /** Measure what each function costs. */
  readonly costs: boolean;
  readonly log: Log;
  /** Aborts the service and the running job. */
  readonly signal: AbortSignal;
}

/** Why the service ended. Without such a reason, it runs forever. */
export type ServiceEnd = InboxEnd | { readonly kind: 'bad-message' | 'not-connected'; readonly message: string };

const codec = responseCodec(revision(builtInRevision), process.platform);

/** Connects to the host, reads the handshake, and answers requests in sequence until the host closes the stream. */
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

/** Resolves with undefined when the service has ended. */
async function prepare(request: PvfPrepData, makeHash: () => Twox256, context: ServiceContext) {
  const { engine, log, signal } = context;
  const job = jobOf(request, context);
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

/** Connects to the host. The signal destroys the socket. */
async function connected(socketPath: string, signal: AbortSignal): Promise<Socket> {
  const socket = connect(socketPath);
  signal.addEventListener('abort', () => socket.destroy(), { once: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the connection was closed')));
  });
  // On Windows the path is a named pipe, not a file.
  if (process.platform !== 'win32') await unlink(socketPath).catch(() => {});
  return socket;
}

/** Logs a job's progress. Logs the number of functions at most ten times a second, and at the end. */
function logProgress(log: Log): (event: EngineProgress) => void {
  let loggedAt = Number.NEGATIVE_INFINITY;
  return (event) => {
    switch (event.kind) {
      case 'decompressed':
        return log.debug(`decompressed ${event.bytes} bytes`);
      case 'planned':
        return log.debug(`plan ${event.plan}, instances ${event.instances}`);
      case 'timed':
        return log.debug(`step ${event.step} took ${event.ms.toFixed(1)} ms`);
      case 'compiled': {
        const now = performance.now();
        if (event.done < event.total && now - loggedAt < LOG_EVERY_MS) return;
        loggedAt = now;
        log.debug(`compiled ${event.done} of ${event.total} functions`);
      }
    }
  };
}
