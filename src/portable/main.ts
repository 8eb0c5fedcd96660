/** The built-in prepare worker: Polkadot's wire protocol in front of the engine (engine/). It needs no installation. */
import { compileTarget } from '../base/compile-target.ts';
import { sleep } from '../base/deadline.ts';
import { errorMessage } from '../base/errors.ts';
import { twox256Factory } from '../base/hash.ts';
import type { Log } from '../base/log.ts';
import { builtInFullVersion, builtInVersion } from '../worker/built-in/version.ts';
import { BadArguments, type CommandLine, help, parseCommandLine } from './worker/command-line.ts';
import { openEngine } from './worker/open-engine.ts';
import { type ServiceEnd, serve } from './worker/serve.ts';
import { tracingLog } from './worker/tracing-log.ts';

/** Exit status of a Rust program that panicked. */
const PANIC_STATUS = 101;
/** Time limit for saving the store before the process exits. */
const SAVE_GRACE_MS = 800;
/** A host that closes the stream may also send SIGTERM. The process waits this long for it. */
const SIGNAL_GRACE_MS = 10;

type Prepare = Extract<CommandLine, { kind: 'prepare' }>;

/** An exit status, or `terminated` by SIGTERM, to which `quit` then applies the default effect. */
type End = number | 'terminated';

async function main(args: readonly string[], log: Log): Promise<End> {
  const line = parseCommandLine(args);
  switch (line.kind) {
    case 'help':
      process.stdout.write(help);
      return 0;
    case 'version':
      process.stdout.write(`${builtInVersion}\n`);
      return 0;
    case 'full-version':
      process.stdout.write(`${builtInFullVersion}\n`);
      return 0;
    case 'check':
      process.stderr.write(
        'The built-in worker has no sandbox feature: its compiler runs in WebAssembly, and the code is never executed.\n',
      );
      return 1;
    case 'prepare':
      return prepareWorker(line, log);
  }
}

async function prepareWorker({ own, worker }: Prepare, log: Log): Promise<End> {
  const { nodeVersion, socketPath, workerDir } = worker;
  if (nodeVersion !== undefined && nodeVersion !== builtInVersion) {
    log.error(`Node and worker version mismatch: node ${nodeVersion}, worker ${builtInVersion}`);
    return 1;
  }
  const terminated = new AbortController();
  process.once('SIGTERM', () => terminated.abort());
  const makeHash = twox256Factory();
  const engine = openEngine(own, log);
  const target = await compileTarget();
  const { costs } = own;
  const end = await serve(socketPath, { engine, target, makeHash, workerDir, costs, log, signal: terminated.signal });
  await Promise.race([engine.idle(), sleep(SAVE_GRACE_MS)]);
  await sleep(SIGNAL_GRACE_MS);
  return terminated.signal.aborted ? 'terminated' : statusOf(end, log);
}

function statusOf(end: ServiceEnd, log: Log): number {
  if (end.kind === 'closed') return 1;
  log.error(`quitting: ${end.message}`);
  return end.kind === 'bad-frame' ? PANIC_STATUS : 1;
}

/**
 * Ends the process. Node exits only after V8 has finished optimising its current function, which may take a second of CPU
 * time. A signal does not wait for that, so SIGTERM gets its default effect.
 */
function quit(end: End): void {
  process.removeAllListeners('SIGTERM');
  if (end === 'terminated') process.kill(process.pid, 'SIGTERM');
  process.exit(end === 'terminated' ? 1 : end);
}

const log = tracingLog(process.env['RUST_LOG'] ?? '');
void main(process.argv.slice(2), log)
  .catch((error: unknown) => {
    if (!(error instanceof BadArguments)) log.error(errorMessage(error));
    else process.stderr.write(`thread 'main' panicked: ${error.message}\n`);
    return error instanceof BadArguments ? PANIC_STATUS : 1;
  })
  .then(quit);
