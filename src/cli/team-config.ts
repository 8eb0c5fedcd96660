import path from 'node:path';
import type { Log } from '../base/log.ts';
import { isInside } from '../base/paths.ts';
import { ignoredMembers, ignoredText } from '../check/config/apply-config.ts';
import type { TeamConfig } from '../check/config/config-request.ts';
import { findConfigFile } from '../check/config/find-config.ts';
import { findRuntimes } from '../check/config/find-runtimes.ts';
import { loadConfig } from '../check/config/load-config.ts';
import { type CliContext, configRules, type Workspace } from './context.ts';
import { UsageError } from './exit-code.ts';
import type { Options } from './options.ts';

/** Reads the file of `--config`, else the nearest `pvf.json`. Undefined: there is none. Rejects with `ConfigError`. */
export async function readTeamConfig(cwd: string, { config }: Options<'config'>): Promise<TeamConfig | undefined> {
  const file = config === undefined ? await findConfigFile({ from: cwd }) : path.resolve(cwd, config);
  return file === undefined ? undefined : loadConfig(file);
}

/** The files of the command line, else the runtimes of `pvf.json`. Rejects with `UsageError` or `ConfigError`. */
export async function namedOrTeamFiles(
  files: readonly string[],
  { workspace: { cwd, config }, environment: { processEnv } }: Pick<CliContext, 'workspace' | 'environment'>,
): Promise<readonly string[]> {
  if (files.length > 0) return files;
  if (config === undefined) {
    throw new UsageError(
      'Give a file, list the runtimes in pvf.json (`pvf init` writes one), or give --rpc <url> and --para <id>.',
    );
  }
  if (config.runtimes.length === 0) {
    throw new UsageError(`Give a file, or list them in ${config.path} ("runtimes": ["my-runtime"]).`);
  }
  const target = processEnv['CARGO_TARGET_DIR'];
  const found = await findRuntimes(
    config,
    target === undefined || target === '' ? undefined : path.resolve(cwd, target),
  );
  return found.map((file) => (isInside(file, cwd) ? path.relative(cwd, file) : file));
}

/** Says which members of `pvf.json` are ignored because the folder is not trusted. */
export function warnOfIgnored(options: Options, workspace: Workspace, log: Log): void {
  const { config, worker } = workspace;
  if (config === undefined) return;
  const values = worker === undefined ? options : { worker, ...options };
  const ignored = ignoredMembers(config, configRules(values, workspace));
  if (ignored.length === 0) return;
  log.warn(`${ignoredText(config.path, ignored)}. Run \`pvf trust\` in it, or give --trust-workspace.`);
}
