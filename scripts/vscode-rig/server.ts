/** Starts a VS Code server in folders of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withDeadline } from '../../src/base/deadline.ts';
import { type ExitGuard, signalGroup } from '../../src/base/exit-guard.ts';
import { runProgram } from '../provision/run-program.ts';
import { settings as commonSettings } from './editor-settings.ts';
import type { InstalledRig } from './provision.ts';

export interface ServerOptions {
  readonly rig: InstalledRig;
  /** The server writes only below this folder. The path must be short, because sockets are there too. */
  readonly folder: string;
  readonly guard: ExitGuard;
  /** Added to this process's environment; reaches the extension host. `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** User settings, added to those of every test. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /**
   * Runs test suites in the extension host. VS Code then shows no toasts and refuses modal dialogs, so UI tests can't
   * use it.
   */
  readonly automation?: boolean;
  /** Uses workspace trust, instead of trusting every workspace. */
  readonly workspaceTrust?: boolean;
}

export interface RunningServer extends AsyncDisposable {
  /** As `http://127.0.0.1:<port>`. */
  readonly origin: string;
  readonly pid: number;
}

const START_MS = 60_000;
const STOP_MS = 5000;

/** Resolves when the server listens. Disposing the server ends all its processes. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { rig, folder, guard, env = {}, settings = {}, automation = false, workspaceTrust = false } = options;
  const trust = { 'security.workspace.trust.enabled': workspaceTrust };
  const all = JSON.stringify({ ...commonSettings, ...trust, ...settings }, undefined, 2);
  // Over a remote, settings with the scope `machine` count only in the machine's settings.
  for (const place of ['user/User', 'user/Machine']) {
    await mkdir(path.join(folder, place), { recursive: true });
    await writeFile(path.join(folder, place, 'settings.json'), all);
  }
  const flags = [
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
    ...['--telemetry-level', 'off', '--disable-telemetry', '--disable-update-check'],
    // Tasks and terminals get the variables of this run, too, not those of a login shell.
    '--force-disable-user-env',
    ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...(automation ? ['--enable-smoke-test-driver'] : []),
  ];
  const child = spawn(rig.node, [rig.serverMain, ...flags, ...foldersIn(folder)], {
    env: { ...serverEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that extension host, terminals and watchers end with it.
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${rig.node} could not be started`);
  const release = guard.group(pid);
  const stop = async () => {
    await endGroup(child, pid);
    release();
  };
  try {
    const port = await portOf(child, path.join(folder, 'server.log'));
    return { origin: `http://127.0.0.1:${port}`, pid, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Installs a packed extension into the folders of a server that is not running. */
export async function installVsix(rig: InstalledRig, folder: string, vsix: string, guard: ExitGuard): Promise<void> {
  const args = [rig.serverMain, ...foldersIn(folder), '--accept-server-license-terms', '--install-extension', vsix];
  const printed = await runProgram(rig.node, args, { cwd: folder, env: serverEnvironment(), minutes: 2, guard });
  // When the server refuses a package, it prints that to stdout and exits with status 0.
  if (!/was successfully installed/.test(printed)) throw new Error(`${vsix} was not installed: ${printed}`);
}

function foldersIn(folder: string): string[] {
  const at = (name: string) => path.join(folder, name);
  return ['--server-data-dir', at('server'), '--user-data-dir', at('user'), '--extensions-dir', at('extensions')];
}

function serverEnvironment(): Record<string, string | undefined> {
  const foreign = /^(npm_|VSCODE_|NODE_OPTIONS$|ELECTRON_RUN_AS_NODE$)/;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  // Neither the gallery nor telemetry can reach a server.
  return { ...Object.fromEntries(own), EXTENSIONS_GALLERY: '{}', CS_TELEMETRY_URL: 'http://127.0.0.1:9/' };
}

/** Reads the port from the server's stdout, and writes all its output to the log. */
function portOf(child: ChildProcess, logFile: string): Promise<number> {
  const log = createWriteStream(logFile);
  child.stderr?.pipe(log, { end: false });
  child.stdout?.pipe(log, { end: false });
  child.once('close', () => log.end());
  let printed = '';
  const port = new Promise<number>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const [, digits] = /Extension host agent listening on (\d+)/.exec(printed) ?? [];
      if (digits !== undefined) resolve(Number(digits));
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the VS Code server ended with status ${code}: ${printed}`)));
  });
  return withDeadline(port, START_MS);
}

async function endGroup(child: ChildProcess, pid: number): Promise<void> {
  const hasEnded = child.exitCode !== null || child.signalCode !== null;
  const ended = hasEnded ? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve));
  signalGroup(pid, 'SIGTERM');
  await withDeadline(ended, STOP_MS).catch(() => {});
  signalGroup(pid, 'SIGKILL');
}
