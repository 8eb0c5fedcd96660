/** The folders that Cargo's and wasm-builder's configuration names: environment, terminal, `.cargo/config.toml`. */
import { dirname, join, resolve } from 'node:path';
import { expandVariables } from '../../base/paths.ts';
import type { Disk } from '../../runtime/sources/disk.ts';
import { parseToml, tableAt } from '../../runtime/sources/toml.ts';
import { foldersUp } from './folders.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** `blobs`: a WASM_TARGET_DIRECTORY. */
export type FolderKind = 'target' | 'blobs';

export interface ConfiguredFolder {
  readonly path: string;
  readonly kind: FolderKind;
  /** The name of the setting, for the user. */
  readonly why: string;
  /** The file with the setting. Absent for environments. */
  readonly file?: string;
}

export interface ConfigPlace {
  readonly folder: string;
  /** The folders in which Cargo may run: relative paths of variables start there. */
  readonly projects: readonly string[];
  /** Folders with a `.cargo` folder. Cargo also reads the configuration of all folders above. */
  readonly configured: readonly string[];
  readonly env: Environment;
  /** `terminal.integrated.env.<system>`, as written. */
  readonly terminalEnv?: Readonly<Record<string, unknown>>;
  /** Absent: Cargo's home is not read. */
  readonly homeFolder?: string;
}

/** wasm-builder writes next to the output folder of build scripts, which `build-dir` can move since Cargo 1.91. */
const VARIABLES: Readonly<Record<string, FolderKind>> = {
  CARGO_TARGET_DIR: 'target',
  CARGO_BUILD_TARGET_DIR: 'target',
  CARGO_BUILD_BUILD_DIR: 'target',
  WASM_TARGET_DIRECTORY: 'blobs',
};
const CONFIG_KEYS = ['target-dir', 'build-dir'] as const;

/** Absolute paths. The folders may not exist. */
export async function configuredFolders(disk: Disk, place: ConfigPlace): Promise<readonly ConfiguredFolder[]> {
  const { env, terminalEnv = {}, folder, homeFolder } = place;
  const context = { workspaceFolder: folder, env, ...(homeFolder !== undefined && { homeFolder }) };
  const inTerminal = Object.entries(terminalEnv).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, expandVariables(value, context)]] : [],
  );
  const files = await Promise.all(configFiles(place).map((files) => foldersOfConfig(disk, files, place.projects)));
  return [
    ...fromVariables(env, place, ''),
    ...fromVariables(Object.fromEntries(inTerminal), place, ' in terminal.integrated.env'),
    ...files.flat(),
  ];
}

function fromVariables(env: Environment, { projects }: ConfigPlace, where: string): readonly ConfiguredFolder[] {
  return Object.entries(VARIABLES).flatMap(([name, kind]) => {
    const value = env[name];
    if (value === undefined || value === '') return [];
    const paths = new Set(projects.map((project) => resolve(project, value)));
    return [...paths].map((path) => ({ path, kind, why: `${name}${where}` }));
  });
}

/** For each place the possible names, the preferred one first: `config` without an extension is the old name. */
function configFiles({ folder, configured, env, homeFolder }: ConfigPlace): readonly (readonly string[])[] {
  const home = env['CARGO_HOME'] ?? (homeFolder === undefined ? undefined : join(homeFolder, '.cargo'));
  const folders = [
    ...[...configured, ...foldersUp(folder)].map((path) => join(path, '.cargo')),
    ...(home === undefined ? [] : [home]),
  ];
  return [...new Set(folders)].map((path) => [join(path, 'config'), join(path, 'config.toml')]);
}

async function foldersOfConfig(
  disk: Disk,
  files: readonly string[],
  projects: readonly string[],
): Promise<readonly ConfiguredFolder[]> {
  for (const file of files) {
    const text = await disk.text(file);
    if (text !== undefined) return foldersIn(file, text, projects);
  }
  return [];
}

/** Relative paths start in the parent of the folder with the file (Cargo's `ConfigRelativePath`). */
function foldersIn(file: string, text: string, projects: readonly string[]): readonly ConfiguredFolder[] {
  const table = parseToml(text);
  const base = dirname(dirname(file));
  const fromBuild = CONFIG_KEYS.flatMap((key) => {
    const value = tableAt(table, 'build')?.[key];
    const paths = typeof value === 'string' && value !== '' ? pathsOf(value, base, projects) : [];
    return paths.map((path): ConfiguredFolder => ({ path, kind: 'target', why: `build.${key} in ${file}`, file }));
  });
  const env = tableAt(table, 'env');
  const fromEnv = Object.entries(VARIABLES).flatMap(([name, kind]) => {
    const entry = env?.[name];
    const detailed = tableAt(env, name);
    const value = detailed === undefined ? entry : detailed['value'];
    if (typeof value !== 'string' || value === '') return [];
    const bases = detailed?.['relative'] === true ? [base] : projects;
    const paths = new Set(bases.map((from) => resolve(from, value)));
    return [...paths].map((path): ConfiguredFolder => ({ path, kind, why: `${name} in ${file}`, file }));
  });
  return [...fromBuild, ...fromEnv];
}

function pathsOf(value: string, base: string, projects: readonly string[]): readonly string[] {
  const template = /^\{workspace-root\}/;
  const values = template.test(value) ? projects.map((project) => value.replace(template, () => project)) : [value];
  // Only Cargo knows the values of the other templates.
  return [...new Set(values)].filter((path) => !path.includes('{')).map((path) => resolve(base, path));
}
