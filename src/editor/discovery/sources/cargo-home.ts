/** The folders to which Cargo downloads sources. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Disk } from '../../../runtime/sources/disk.ts';
import type { Environment } from '../cargo-config.ts';
import type { LockedPackage } from './cargo-lock.ts';

export function cargoHome(env: Environment, home = homedir()): string {
  const { CARGO_HOME: own } = env;
  return own === undefined || own === '' ? join(home, '.cargo') : resolve(own);
}

/** The folder of a package from a registry. Undefined if Cargo has not downloaded it. */
export async function registryFolder(
  disk: Disk,
  home: string,
  { name, version }: LockedPackage,
): Promise<string | undefined> {
  const registries = join(home, 'registry', 'src');
  for (const { name: registry } of (await disk.list(registries)) ?? []) {
    const folder = join(registries, registry, `${name}-${version}`);
    if ((await disk.stat(join(folder, 'Cargo.toml')))?.isFile()) return folder;
  }
  return undefined;
}

/** The checkout of a package's Git repository, at its commit. Undefined if Cargo has not made it. */
export async function checkoutFolder(disk: Disk, home: string, source: string): Promise<string | undefined> {
  const [url = '', commit = ''] = source.replace(/^git\+/, '').split('#');
  const name = /([^/]+?)(?:\.git)?\/*(?:\?|$)/.exec(url)?.[1];
  if (name === undefined || !/^[0-9a-f]{40,64}$/.test(commit)) return undefined;
  const checkouts = join(home, 'git', 'checkouts');
  // Cargo names the folder after the repository and a hash of its URL, and the checkout after the start of the commit.
  for (const { name: repository } of (await disk.list(checkouts)) ?? []) {
    if (!repository.startsWith(`${name.toLowerCase()}-`) && !repository.startsWith(`${name}-`)) continue;
    const folders = (await disk.list(join(checkouts, repository))) ?? [];
    const checkout = folders.find((one) => one.name.length >= 7 && commit.startsWith(one.name));
    if (checkout !== undefined) return join(checkouts, repository, checkout.name);
  }
  return undefined;
}
