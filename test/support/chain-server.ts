/** chopsticks as a child process: a real JSON-RPC server on loopback that runs a real runtime. */

import { type IncomingMessage, request } from 'node:http';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import type { ChainRig } from '../../scripts/chain-rig/provision.ts';
import { startGroup } from '../../src/base/child-process.ts';
import { withDeadline } from '../../src/base/deadline.ts';
import { errorMessage } from '../../src/base/errors.ts';
import { ExitGuard } from '../../src/base/exit-guard.ts';
import { describeExit } from '../../src/base/process-exit.ts';

export interface ChainServer extends AsyncDisposable {
  /** `ws://127.0.0.1:…`. The same port serves HTTP. */
  readonly url: string;
  /** Calls a JSON-RPC method. Rejects with the server's message. */
  request(method: string, params?: readonly unknown[]): Promise<unknown>;
  /** Process id of the server. */
  readonly pid: number;
}

const START_MS = 90_000;
const REQUEST_MS = 60_000;
const TAIL_CHARACTERS = 4000;
const endWithParent = pathToFileURL(path.join(import.meta.dirname, '../../scripts/chain-rig/end-with-parent.mjs')).href;

/** Starts the server on a free port. @param spec path of a raw chain spec, which is read before this resolves */
export async function startChainServer(rig: ChainRig, spec: string): Promise<ChainServer> {
  const guard = new ExitGuard();
  const args = ['--genesis', spec, '--host', '127.0.0.1', '--port', '0'];
  const group = startGroup(
    process.execPath,
    ['--import', endWithParent, rig.chopsticks, ...args, '--mock-signature-host', '--build-block-mode', 'Manual'],
    { cwd: rig.folder, env: { ...basicEnvironment(), LOG_LEVEL: 'info' }, stdout: 'pipe', guard },
  );
  const stop = async () => {
    group.kill('SIGKILL');
    await group.closed;
    guard[Symbol.dispose]();
  };
  let log = '';
  const address = new Promise<string>((resolve, reject) => {
    const onText = (text: string) => {
      log = (log + text).slice(-TAIL_CHARACTERS);
      const [, found] = /RPC listening on http:\/\/(127\.0\.0\.1:\d+)/.exec(log) ?? [];
      if (found !== undefined) resolve(found);
    };
    group.child.stdout?.setEncoding('utf8').on('data', onText);
    group.child.stderr?.setEncoding('utf8').on('data', onText);
    void group.closed.then((exit) => reject(new Error(describeExit(exit))));
  });
  try {
    const at = await withDeadline(address, START_MS);
    return {
      url: `ws://${at}`,
      request: (method, params = []) => call(`http://${at}`, method, params),
      pid: group.child.pid ?? 0,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw new Error(`chopsticks did not start: ${errorMessage(error)}\n${log}`);
  }
}

/** `PORT` and other variables of the environment would change what chopsticks does. */
function basicEnvironment(): Record<string, string | undefined> {
  const { PATH, HOME, TMPDIR, SystemRoot } = process.env;
  return { PATH, HOME, TMPDIR, SystemRoot };
}

/** Not `fetch`, which keeps connections that the server closes after five seconds. */
async function call(url: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const signal = AbortSignal.timeout(REQUEST_MS);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const message = request(url, { method: 'POST', agent: false, signal }, resolve).once('error', reject);
    message.end(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
  });
  const { result, error } = (await json(response)) as { result?: unknown; error?: { message: string } };
  if (error !== undefined) throw new Error(`${method}: ${error.message}`);
  return result;
}
