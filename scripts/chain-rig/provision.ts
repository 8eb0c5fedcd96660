/** Installs chopsticks and the genesis states into the cache folder. */
import { createHash } from 'node:crypto';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExitGuard } from '../../src/base/exit-guard.ts';
import { createOnce } from '../provision/create-once.ts';
import { keptFolder } from '../provision/kept-folder.ts';
import { npm, npmEnvironment } from '../provision/npm.ts';
import { runProgram } from '../provision/run-program.ts';
import { publishedSpec, type RelayChainName, relayChains, specCrate } from './chain-specs.ts';

export interface ChainRig {
  readonly folder: string;
  /** Path of the server's script, for this process's Node. */
  readonly chopsticks: string;
  /** Path of a relay chain's genesis state, a raw chain spec. */
  readonly spec: (chain: RelayChainName) => string;
}

/** Part of the key. Change it to force a new installation. */
const RECIPE = 1;
const packages = path.join(import.meta.dirname, 'packages');
const packageFiles = ['package.json', 'package-lock.json'];

/** Returns the rig and installs it if necessary. Rejects with the output of npm or cargo when that fails. */
export async function provisionChainRig(guard: ExitGuard, print: (line: string) => void): Promise<ChainRig> {
  const folder = path.join(keptFolder('chain-rig'), await key());
  const fill = (partial: string) => {
    print(`Installing a relay chain to test with into ${folder}; this happens once and takes about a minute.`);
    return install(partial, guard);
  };
  return installedIn(await createOnce(folder, fill, guard));
}

async function install(home: string, guard: ExitGuard): Promise<void> {
  const rig = installedIn(home);
  for (const chain of relayChains) await writeFile(rig.spec(chain), JSON.stringify(await publishedSpec(chain)));
  for (const name of packageFiles) await copyFile(path.join(packages, name), path.join(home, name));
  // The only package with a script is sqlite3, an optional one that keeps blocks on disk.
  await npm(['ci', '--ignore-scripts', '--omit=optional'], { cwd: home, guard });
  const env = npmEnvironment();
  await runProgram(process.execPath, [rig.chopsticks, '--version'], { cwd: home, env, minutes: 2, guard });
}

async function key(): Promise<string> {
  const hash = createHash('sha256').update(`${RECIPE} ${relayChains}`);
  for (const name of packageFiles) hash.update(await readFile(path.join(packages, name)));
  const manifest: unknown = JSON.parse(await readFile(path.join(packages, 'package.json'), 'utf8'));
  const { dependencies } = manifest as { dependencies: Record<string, string> };
  const versions = `chopsticks-${dependencies['@acala-network/chopsticks']}-${specCrate.name}-${specCrate.version}`;
  return `${versions}-${hash.digest('hex').slice(0, 8)}`;
}

function installedIn(folder: string): ChainRig {
  return {
    folder,
    chopsticks: path.join(folder, 'node_modules/@acala-network/chopsticks/chopsticks.cjs'),
    spec: (chain) => path.join(folder, `${chain}.json`),
  };
}
