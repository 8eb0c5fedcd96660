import { access } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { EnvironmentVariables } from '../../base/host-environment.ts';

/** Files with which a folder decides what cargo and rustup run for every build below it. */
const files = ['.cargo/config.toml', '.cargo/config', 'rust-toolchain.toml', 'rust-toolchain'] as const;

/**
 * Finds such a file in the folder or above it. Leaves out the user's own: in the home folder, beside the cargo home, and in
 * the root of the file system.
 */
export async function foreignCargoConfig(folder: string, env: EnvironmentVariables): Promise<string | undefined> {
  const home = env['HOME'] ?? os.homedir();
  const own = new Set([home, path.dirname(env['CARGO_HOME'] ?? path.join(home, '.cargo')), path.parse(folder).root]);
  for (let at = folder; ; at = path.dirname(at)) {
    for (const name of own.has(at) ? [] : files) {
      const file = path.join(at, name);
      if (await isThere(file)) return file;
    }
    if (path.dirname(at) === at) return undefined;
  }
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
