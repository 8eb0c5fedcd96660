/** The packages in a `Cargo.lock`. Reads it line by line, because that of the Polkadot SDK has 25 000 lines. */
import { join } from 'node:path';
import type { Disk } from '../../../runtime/sources/disk.ts';
import { foldersUp } from '../folders.ts';

export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** `registry+https://…`, `git+https://…?branch=…#<commit>`. Absent: the package is in a folder of the user. */
  readonly source?: string;
  /** `name`, or `name version` if there are several versions. */
  readonly dependencies: readonly string[];
}

export interface CargoLock {
  /** The root of the workspace. */
  readonly folder: string;
  readonly packages: readonly LockedPackage[];
}

/** Larger files are read up to here. */
const MAX_LOCK_BYTES = 16 * 1024 * 1024;

/** The `Cargo.lock` in the nearest folder, from `folder` upwards. */
export async function readCargoLock(disk: Disk, folder: string): Promise<CargoLock | undefined> {
  for (const at of foldersUp(folder)) {
    const content = await disk.head(join(at, 'Cargo.lock'), MAX_LOCK_BYTES);
    if (content !== undefined) return { folder: at, packages: parseCargoLock(new TextDecoder().decode(content)) };
  }
  return undefined;
}

/** Leaves out entries without a name or a version. */
export function parseCargoLock(text: string): readonly LockedPackage[] {
  return text.split(/^\[\[package\]\]\s*$/m).flatMap((block) => {
    // Other tables, such as [metadata], follow the last package.
    const [own = ''] = block.split(/^\[(?!\[)/m);
    const textAt = (key: string) => new RegExp(`^${key} = "([^"]*)"`, 'm').exec(own)?.[1];
    const [name, version, source] = ['name', 'version', 'source'].map(textAt);
    if (name === undefined || version === undefined) return [];
    const list = /^dependencies = \[([^\]]*)\]/m.exec(own)?.[1] ?? '';
    const dependencies = Array.from(list.matchAll(/"([^"]+)"/g), ([, entry = '']) => entry);
    return [{ name, version, dependencies, ...(source !== undefined && { source }) }];
  });
}

/** The packages from which one is built, the nearest first. The package itself is first. */
export function dependenciesOf(root: LockedPackage, packages: readonly LockedPackage[]): readonly LockedPackage[] {
  const byName = new Map<string, LockedPackage[]>();
  for (const one of packages) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  const found = new Set([root]);
  // A set is iterated in the order of insertion, including what is added meanwhile.
  for (const { dependencies } of found) {
    for (const entry of dependencies) {
      const [name = '', version, source] = entry.split(' ');
      const candidates = (byName.get(name) ?? []).filter((one) => version === undefined || one.version === version);
      const exact = candidates.find((one) => source !== undefined && `(${one.source})` === source);
      for (const one of exact === undefined ? candidates : [exact]) found.add(one);
    }
  }
  return [...found];
}
