import { mkdtemp } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { DeadlineExceeded, withDeadline } from '../../base/deadline.ts';
import { errorMessage } from '../../base/errors.ts';
import type { ExitGuard } from '../../base/exit-guard.ts';
import type { Log } from '../../base/log.ts';
import { describeExit } from '../../base/process-exit.ts';
import { removeFolder } from '../../base/remove-folder.ts';
import type { SecurityStatus } from '../wire/handshake.ts';
import { encodeHandshake, securityArguments, type WireRevision } from '../wire/revision.ts';
import { FramedStream } from './framed-stream.ts';
import { noteWorkerDir } from './left-folders.ts';
import type { Program } from './program.ts';
import { listenOnce, type TransientSocket } from './transient-socket.ts';
import { WorkerProcess } from './worker-process.ts';

export interface SpawnOptions {
  readonly program: Program;
  readonly revision: WireRevision;
  readonly security: SecurityStatus;
  /** Parent of the worker's directory. On the file system of the store, so that a rename moves artifacts. */
  readonly workerDirsIn: string;
  /** A private folder for the socket. */
  readonly socketsIn: string;
  /** Polkadot's host waits 3 s; a cold disk may need more. */
  readonly spawnTimeoutMs: number;
  readonly logDirectives: string;
  readonly log: Log;
  readonly guard: ExitGuard;
}

/** An idle worker, connected and after the handshake. */
export interface SpawnedWorker extends AsyncDisposable {
  readonly process: WorkerProcess;
  readonly stream: FramedStream;
  /** The worker's own directory; under change-root it is the worker's `/`. */
  readonly dir: string;
}

/** The spawn errors of Polkadot's host (`worker_interface.rs`), and `exited`, which appears as a time-out to that host. */
export type SpawnFailureCause =
  | 'tmp-path'
  | 'bind'
  | 'accept'
  | 'process-spawn'
  | 'accept-timeout'
  | 'handshake'
  | 'exited';

export class SpawnError extends Error {
  override readonly name = 'SpawnError';
  constructor(
    readonly failure: SpawnFailureCause,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Spawns a prepare worker as Polkadot's host does (protocol, 1.2 and 1.3). Never passes `--node-impl-version`: a worker of
 * another version would send SIGTERM to its parent, which is this process.
 * Rejects with `SpawnError` or the signal's reason, after removing everything it created.
 */
export async function spawnWorker(options: SpawnOptions, signal: AbortSignal): Promise<SpawnedWorker> {
  const dir = await makeWorkerDir(options.workerDirsIn);
  const release = options.guard.folder(dir);
  await noteWorkerDir(options.socketsIn, dir);
  const removeDir = async () => {
    await removeFolder(dir);
    release();
  };
  try {
    await using listener = await bind(options.socketsIn);
    const worker = startProcess(options, listener.path, dir);
    try {
      const socket = await accept(listener, worker, options, signal);
      const stream = new FramedStream(socket);
      await sendHandshake(stream, options);
      return {
        process: worker,
        stream,
        dir,
        [Symbol.asyncDispose]: async () => {
          stream.close();
          await worker.end();
          await removeDir();
        },
      };
    } catch (error) {
      await worker.end();
      throw error;
    }
  } catch (error) {
    await removeDir();
    throw error;
  }
}

async function makeWorkerDir(parent: string): Promise<string> {
  try {
    return await mkdtemp(join(parent, 'worker-dir-prepare-'));
  } catch (error) {
    throw new SpawnError('tmp-path', `could not create the worker's directory in ${parent}: ${errorMessage(error)}`);
  }
}

async function bind(folder: string): Promise<TransientSocket> {
  try {
    return await listenOnce(folder);
  } catch (error) {
    throw new SpawnError('bind', `could not create the worker's socket in ${folder}: ${errorMessage(error)}`);
  }
}

function startProcess(options: SpawnOptions, socketPath: string, dir: string): WorkerProcess {
  const { program, revision, security, logDirectives, log, guard } = options;
  const args = [
    'prepare-worker',
    '--socket-path',
    socketPath,
    '--worker-dir-path',
    dir,
    ...securityArguments(revision, security),
  ];
  return new WorkerProcess({ program, args, cwd: dir, logDirectives, log, guard });
}

async function accept(
  listener: TransientSocket,
  worker: WorkerProcess,
  { program, spawnTimeoutMs }: SpawnOptions,
  signal: AbortSignal,
): Promise<Socket> {
  const ended = worker.exited.then((exit) => {
    const cause = exit.kind === 'not-started' ? 'process-spawn' : 'exited';
    const stderr = worker.stderrTail ? `\n${worker.stderrTail}` : '';
    throw new SpawnError(cause, `${program.name} ${describeExit(exit)} before it connected${stderr}`);
  });
  ended.catch(() => {});
  try {
    return await withDeadline(Promise.race([listener.accepted, ended]), spawnTimeoutMs, signal);
  } catch (error) {
    if (error instanceof DeadlineExceeded) {
      throw new SpawnError('accept-timeout', `${program.name} did not connect within ${spawnTimeoutMs} ms`);
    }
    if (error instanceof SpawnError || signal.aborted) throw error;
    throw new SpawnError('accept', `could not accept the connection of ${program.name}: ${errorMessage(error)}`);
  }
}

async function sendHandshake(stream: FramedStream, { program, revision, security }: SpawnOptions): Promise<void> {
  const handshake = encodeHandshake(revision, security);
  if (handshake === undefined) return;
  try {
    await stream.send(handshake);
  } catch (error) {
    throw new SpawnError('handshake', `could not send the handshake to ${program.name}: ${errorMessage(error)}`);
  }
}
