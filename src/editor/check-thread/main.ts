/** The check thread: does all that is heavy, so that the extension host's own thread stays free. */
import { parentPort, workerData } from 'node:worker_threads';
import { errorMessage } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { ConfigError } from '../../limits/json-file.ts';
import { InputError } from '../../runtime/input-error.ts';
import { locateWorkers } from '../../worker/locate/locate.ts';
import { Checker, identityOf } from './checker.ts';
import { diagnosis } from './diagnosis.ts';
import type { Answer, Failure, FromThread, Request, RequestName, ThreadData, ToThread } from './messages.ts';
import { ownCacheFolder, type ThreadSurroundings, workerSearch } from './surroundings.ts';
import { TellingGuard } from './telling-guard.ts';
import { throttled } from './throttled.ts';

const PROGRESS_PAUSE_MS = 100;

function serve(port: NonNullable<typeof parentPort>, data: ThreadData): void {
  const tell = (message: FromThread) => port.postMessage(message);
  const guard = new TellingGuard(tell);
  const surroundings: ThreadSurroundings = { ...data, cacheFolder: ownCacheFolder(), log: logOf(tell), guard };
  const checker = new Checker(surroundings);
  const running = new Map<number, AbortController>();

  const answer = async (request: Request, signal: AbortSignal): Promise<Answer<RequestName>> => {
    switch (request.name) {
      case 'check': {
        const progress = throttled(PROGRESS_PAUSE_MS, (told: Extract<FromThread, { kind: 'progress' }>) => tell(told));
        using _progress = progress;
        return await checker.check(request.ask, {
          signal,
          onProgress: (told) => progress.call({ kind: 'progress', id: request.id, progress: told }),
        });
      }
      case 'workers':
        return locateWorkers(workerSearch(request.ask.settings, surroundings));
      case 'diagnose':
        return diagnosis(request.ask.settings, await checker.directories(), surroundings, signal);
      case 'identify':
        return identityOf(request.ask.path, signal).catch(() => undefined);
    }
  };
  const handle = async (request: Request) => {
    const { id } = request;
    const cancel = new AbortController();
    running.set(id, cancel);
    try {
      tell({ kind: 'answer', id, answer: await answer(request, cancel.signal) });
    } catch (error) {
      tell({ kind: 'failed', id, failure: cancel.signal.aborted ? { kind: 'cancelled' } : failureOf(error) });
    } finally {
      running.delete(id);
    }
  };
  const close = async () => {
    for (const cancel of running.values()) cancel.abort(new Error('the editor is closing'));
    await checker[Symbol.asyncDispose]();
    guard[Symbol.dispose]();
    port.close();
  };
  port.on('message', (message: ToThread) => {
    switch (message.kind) {
      case 'ask':
        void handle(message);
        return;
      case 'cancel':
        running.get(message.id)?.abort(new Error('cancelled'));
        return;
      case 'close':
        close().catch((error: unknown) => {
          surroundings.log.error(errorMessage(error));
          process.exit(1);
        });
    }
  });
}

function logOf(tell: (message: FromThread) => void): Log {
  const write = (level: keyof Log) => (message: string) => tell({ kind: 'log', level, message });
  return { error: write('error'), warn: write('warn'), info: write('info'), debug: write('debug') };
}

function failureOf(error: unknown): Failure {
  if (error instanceof InputError) return { kind: 'problem', message: error.message, remedy: error.remedy };
  const isOfTheMachine = error instanceof ConfigError || (error instanceof Error && 'code' in error);
  const stack = !isOfTheMachine && error instanceof Error ? error.stack : undefined;
  return { kind: 'problem', message: errorMessage(error), ...(stack === undefined ? {} : { stack }) };
}

if (parentPort) serve(parentPort, workerData as ThreadData);
