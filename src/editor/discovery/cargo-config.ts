/** Where Cargo puts its output when it is not `target` beside the workspace's manifest: the environment, and `.cargo/config.toml`. */
import { dirname, join, resolve } from 'node:path';
import { parse, type TomlTable } from 'smol-toml';
import type { Disk } from './disk.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** `build-dir` too: wasm-builder writes beside the folder of build scripts' output, which Cargo 1.91 can put elsewhere. */
const CONFIG_KEYS = ['target-dir', 'build-dir'] as const;
const VARIABLES = ['CARGO_TARGET_DIR', 'CARGO_BUILD_TARGET_DIR', 'CARGO_BUILD_BUILD_DIR'] as const;
/** Folders above a project that are asked; Cargo itself asks them all. */
const MAX_LEVELS_UP = 8;

/** Absolute paths, maybe of folders that are not there. */
export async function configuredTargets(disk: Disk, project: string, env: Environment): Promise<readonly string[]> {
  const fromEnv = VARIABLES.flatMap((name) => env[name] || []);
  const fromFiles = await Promise.all([...foldersUp(project)].map((folder) => targetsOfConfig(disk, folder, project)));
  return [...fromEnv.map((value) => resolve(project, value)), ...fromFiles.flat()];
}

/** The folder itself, then those above it. */
export function* foldersUp(folder: string, levels = MAX_LEVELS_UP): Generator<string> {
  let at = folder;
  for (let level = 0; level <= levels; level++) {
    yield at;
    if (dirname(at) === at) return;
    at = dirname(at);
  }
}

async function targetsOfConfig(disk: Disk, folder: string, project: string): Promise<readonly string[]> {
  // `config` without an extension is the old name, which Cargo still prefers where both are there.
  const text =
    (await disk.text(join(folder, '.cargo', 'config'))) ?? (await disk.text(join(folder, '.cargo', 'config.toml')));
  const build = text === undefined ? undefined : tableAt(parseToml(text), 'build');
  return CONFIG_KEYS.flatMap((key) => {
    const value = build?.[key];
    const path = typeof value === 'string' ? value.replace(/^\{workspace-root\}/, project) : '';
    // What is left in braces is a template that only Cargo can fill in.
    if (path === '' || path.includes('{')) return [];
    return [resolve(folder, path)];
  });
}

/** `undefined` where it is no TOML: half-written manifests are everyday in an editor. */
export function parseToml(text: string): TomlTable | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

export function tableAt(table: TomlTable | undefined, key: string): TomlTable | undefined {
  const value = table?.[key];
  const isTable = typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
  return isTable ? value : undefined;
}
