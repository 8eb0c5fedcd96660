/** The check thread. It does everything that is heavy, so that the thread of the extension host stays free. */
import { homedir } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { errorMessage } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { processEnvironment } from '../../check/check-environment.ts';
import type { CheckProgress } from '../../check/check-progress.ts';
import { CheckSession, MachineError } from '../../check/session.ts';
import { ConfigError } from '../../limits/json-file.ts';
import { formatDiagnosisMarkdown } from '../../report/workers.ts';
import { InputError } from '../../runtime/input-error.ts';
import { ForwardingExitGuard } from './forwarding-exit-guard.ts';
import type { Failure, FromThread, Request, RequestName, Result, ThreadData, ToThread } from './messages.ts';
import { throttled } from './throttled.ts';

const PROGRESS_PAUSE_MS = 100;

/** A worker that is not used for so long ends, and its memory is free again. */
const IDLE_MS = 5 * 60_000;

function serve(port: NonNullable<typeof parentPort>, { packageFolder, packageVersion }: ThreadData): void {
  const post = (message: FromThread) => port.postMessage(message);
  const guard = new ForwardingExitGuard(post);
  const log = logTo(post);
  const session = new CheckSession(
    processEnvironment({
      package: { root: packageFolder, name: 'polkadot-pvf', version: packageVersion },
      cwd: homedir(),
      log,
      guard,
    }),
    { idleMs: IDLE_MS },
  );
  const running = new Map<number, AbortController>();

  const handle = async (request: Request) => {
    const { id } = request;
    const cancel = new AbortController();
    running.set(id, cancel);
    try {
      post({ kind: 'result', id, result: await answer(session, request, cancel.signal, post) });
    } catch (error) {
      post({ kind: 'error', id, failure: cancel.signal.aborted ? { kind: 'cancelled' } : failureOf(error) });
    } finally {
      running.delete(id);
    }
  };
  const close = async () => {
    for (const cancel of running.values()) cancel.abort(new Error('the editor is closing'));
    await session[Symbol.asyncDispose]();
    guard[Symbol.dispose]();
    port.close();
  };
  port.on('message', (message: ToThread) => {
    switch (message.kind) {
      case 'request':
        void handle(message);
        return;
      case 'cancel':
        running.get(message.id)?.abort(new Error('cancelled'));
        return;
      case 'close':
        close().catch((error: unknown) => {
          log.error(errorMessage(error));
          process.exit(1);
        });
    }
  });
}

async function answer(
  session: CheckSession,
  request: Request,
  signal: AbortSignal,
  post: (message: FromThread) => void,
): Promise<Result<RequestName>> {
  switch (request.name) {
    case 'check': {
      const { path, kind, settings, isForced = false } = request.params;
      using progress = throttled(PROGRESS_PAUSE_MS, post);
      const onProgress = (progressed: CheckProgress) =>
        progress.call({ kind: 'progress', id: request.id, progress: progressed });
      const { report, file, fromCache } = await session.check(path, kind, settings, { signal, onProgress, isForced });
      return { report, file, fromCache };
    }
    case 'workers':
      return session.workers(request.params.settings);
    case 'diagnose':
      return formatDiagnosisMarkdown(await session.diagnose(request.params.settings, { signal }));
    case 'identify':
      return session.identify(request.params.path, signal);
  }
}

function logTo(post: (message: FromThread) => void): Log {
  const write = (level: keyof Log) => (message: string) => post({ kind: 'log', level, message });
  return { error: write('error'), warn: write('warn'), info: write('info'), debug: write('debug') };
}

function failureOf(error: unknown): Failure {
  if (error instanceof InputError || error instanceof MachineError) {
    return { kind: 'problem', message: error.message, remedy: error.remedy };
  }
  const isExpected = error instanceof ConfigError || (error instanceof Error && 'code' in error);
  const stack = !isExpected && error instanceof Error ? error.stack : undefined;
  return { kind: 'problem', message: errorMessage(error), ...(stack === undefined ? {} : { stack }) };
}

if (parentPort) serve(parentPort, workerData as ThreadData);
