/** The check thread. It does all heavy work, so that the extension host stays responsive. */
import { homedir } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { errorMessage } from '../../base/errors.ts';
import { ExitGuard } from '../../base/exit-guard.ts';
import type { Log } from '../../base/log.ts';
import { ChainError } from '../../chain/chain-reader.ts';
import { openChain } from '../../chain/open-chain.ts';
import { processEnvironment } from '../../check/check-environment.ts';
import type { CheckProgress } from '../../check/check-progress.ts';
import type { CheckSettings } from '../../check/check-settings.ts';
import { compareFiles } from '../../check/compare-files.ts';
import { textWithAllowed, textWithBudget } from '../../check/config/edit-config.ts';
import { CheckSession, MachineError } from '../../check/session.ts';
import { checkUpgrade } from '../../check/upgrade/check-upgrade.ts';
import { ConfigError } from '../../limits/json-file.ts';
import type { Report } from '../../model/report.ts';
import { withoutFunctions } from '../../model/size-views.ts';
import { compareMarkdown } from '../../report/compare-markdown.ts';
import { compareView } from '../../report/compare-view.ts';
import { upgradeMarkdown } from '../../report/upgrade-markdown.ts';
import { formatDiagnosisMarkdown } from '../../report/workers.ts';
import { readRuntime } from '../../runtime/blob.ts';
import { InputError } from '../../runtime/input-error.ts';
import { fetchLimits, listProfiles, saveFetched, type UserPlace } from './limits.ts';
import type { Failure, FromThread, Params, Request, RequestName, Result, ThreadData, ToThread } from './messages.ts';

const PROGRESS_PAUSE_MS = 100;

/** A worker that is idle for this long ends, which frees its memory. */
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
      const { path, kind, settings, isForced = false, isRecorded = true } = request.params;
      using progressPost = throttled(PROGRESS_PAUSE_MS, post);
      const onProgress = (progress: CheckProgress) => progressPost.call({ kind: 'progress', id: request.id, progress });
      const onInterim = (interim: Report) => post({ kind: 'interim', id: request.id, report: interim });
      const options = { signal, onProgress, isForced, isRecorded, onInterim };
      const { report, file, fromCache, history } = await session.check(path, kind, settings, options);
      // The rest of a tree with costs stays here, for `sizes`.
      const sizes = settings.costs && report.sizes && withoutFunctions(report.sizes);
      return { report: sizes ? { ...report, sizes } : report, file, fromCache, history };
    }
    case 'history':
      return session.history.ofPath(request.params.path, signal);
    case 'pinBaseline':
      return session.pinBaseline(request.params.path, request.params.choice, signal);
    case 'clearHistory':
      return session.history.clear(request.params.path);
    case 'restoreHistory':
      return session.history.restore(request.params.path, request.params.history);
    case 'workers':
      return session.workers(await session.resolve(request.params.settings));
    case 'diagnose':
      return formatDiagnosisMarkdown(
        await session.diagnose(await session.resolve(request.params.settings), { signal }),
      );
    case 'identify':
      return session.identify(request.params.path, signal);
    case 'restartWorker':
      await session.restartWorker();
      return null;
    case 'sizes':
      return session.sizes(request.params.path, signal);
    case 'compare':
      return compareRuntimes(session, request.params, signal);
    case 'createBudget':
      return textWithBudget(request.params);
    case 'allowFinding':
      return textWithAllowed(request.params);
    case 'upgrade':
      return upgradePage(session, request.params, signal);
    case 'specCodes':
      return session.specCodes(request.params.path, signal);
    case 'profiles':
      return listProfiles(request.params, userPlace());
    case 'fetchLimits':
      return fetchLimits(request.params, { openChain, place: userPlace(), signal });
    case 'saveProfile':
      return saveFetched(request.params, userPlace());
  }
}

async function compareRuntimes(
  session: CheckSession,
  { older, newer, settings }: Params<'compare'>,
  signal: AbortSignal,
): Promise<Result<'compare'>> {
  const withFunctions: CheckSettings = { ...(await session.resolve(settings)), sizes: { depth: 'functions' } };
  const options = { session, settings: withFunctions, baselineIs: 'build', signal } as const;
  const comparison = await compareFiles(older, newer, options);
  const nameOf = (report: Report) => (report === comparison.older ? older.name : newer.name);
  return { view: compareView(comparison, nameOf), markdown: compareMarkdown(comparison, nameOf) };
}

async function upgradePage(
  session: CheckSession,
  { path, report, settings }: Params<'upgrade'>,
  signal: AbortSignal,
): Promise<Result<'upgrade'>> {
  const blob = await readRuntime(path, { signal });
  await using chain = settings.rpc === undefined ? undefined : await openChain(settings.rpc, { signal });
  const isSame = blob.codeHash === report.runtime.codeHash;
  const options = { session, settings, report, signal, kind: 'prepare', ...(chain && { chain }) } as const;
  const { checklist } = await checkUpgrade(isSame ? blob : undefined, options);
  return upgradeMarkdown(checklist);
}

function userPlace(): UserPlace {
  const { platform, env } = process;
  return { platform, env, homeFolder: homedir() };
}

function logTo(post: (message: FromThread) => void): Log {
  const write = (level: keyof Log) => (message: string) => post({ kind: 'log', level, message });
  return { error: write('error'), warn: write('warn'), info: write('info'), debug: write('debug') };
}

function failureOf(error: unknown): Failure {
  // The user interface names the runtime, so the message needs no path.
  if (error instanceof InputError) return { kind: 'problem', message: error.problem.message, remedy: error.remedy };
  if (error instanceof MachineError) {
    return { kind: 'problem', message: error.message, remedy: error.remedy };
  }
  const isExpected =
    error instanceof ConfigError || error instanceof ChainError || (error instanceof Error && 'code' in error);
  const stack = !isExpected && error instanceof Error ? error.stack : undefined;
  return { kind: 'problem', message: errorMessage(error), ...(stack === undefined ? {} : { stack }) };
}

/** Forwards its guards to the extension, because a thread that is terminated runs no exit handler. */
class ForwardingExitGuard extends ExitGuard {
  constructor(private readonly post: (message: FromThread) => void) {
    super();
  }

  override group(pid: number): () => void {
    return this.#forward('group', `${pid}`, super.group(pid));
  }

  override folder(path: string): () => void {
    return this.#forward('folder', path, super.folder(path));
  }

  #forward(what: 'group' | 'folder', name: string, release: () => void): () => void {
    this.post({ kind: 'guard', what, name, isHeld: true });
    return () => {
      release();
      this.post({ kind: 'guard', what, name, isHeld: false });
    };
  }
}

/** Calls `act` at once, then at most once per pause with the newest value. */
function throttled<T>(pauseMs: number, act: (value: T) => void): Disposable & { call(value: T): void } {
  let pause: NodeJS.Timeout | undefined;
  let waiting: { readonly value: T } | undefined;
  const call = (value: T) => {
    if (pause !== undefined) {
      waiting = { value };
      return;
    }
    act(value);
    pause = setTimeout(() => {
      pause = undefined;
      const next = waiting;
      waiting = undefined;
      if (next !== undefined) call(next.value);
    }, pauseMs);
  };
  return { call, [Symbol.dispose]: () => clearTimeout(pause) };
}

if (parentPort) serve(parentPort, workerData as ThreadData);
