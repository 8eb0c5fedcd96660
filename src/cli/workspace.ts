import { homedir } from 'node:os';
import path from 'node:path';
import { omitUndefined } from '../base/omit-undefined.ts';
import { untrustedFolders } from '../worker/locate/untrusted.ts';
import type { Workspace } from './context.ts';
import type { Options } from './options.ts';
import { readTeamConfig } from './team-config.ts';
import { isTrusted, readUserConfig } from './user-config.ts';

/** Finds out whether the user trusts the current folder, and reads its `pvf.json` for commands that take it. Runs nothing in it. Rejects with `ConfigError`. */
export async function openWorkspace(
  cwd: string,
  options: Options<'trustWorkspace' | 'config'>,
  takesConfig: boolean,
): Promise<Workspace> {
  const { trustWorkspace = false } = options;
  const { platform, env: processEnv } = process;
  const homeFolder = homedir();
  const own = await readUserConfig({ platform, processEnv, homeFolder });
  const trusted = trustWorkspace || (await isTrusted(cwd, own));
  const untrusted = await untrustedFolders({ workspaceFolders: [cwd], trustWorkspace: trusted, homeFolder });
  const config = takesConfig ? await readTeamConfig(cwd, options) : undefined;
  const isConfigTrusted = config && (trustWorkspace || (await isTrusted(path.dirname(config.path), own)));
  const { worker } = own;
  return { cwd, isTrusted: trusted, untrusted, ...omitUndefined({ worker, config, isConfigTrusted }) };
}
