import { homedir } from 'node:os';
import { untrustedFolders } from '../worker/locate/untrusted.ts';
import type { Workspace } from './context.ts';
import type { Options } from './options.ts';
import { isTrusted, readUserConfig } from './user-config.ts';

/** Finds out whether the user trusts the current folder. Runs nothing in it. Rejects with `ConfigError`. */
export async function openWorkspace(
  cwd: string,
  { trustWorkspace = false }: Options<'trustWorkspace'>,
): Promise<Workspace> {
  const { platform, env: processEnv } = process;
  const homeFolder = homedir();
  const config = await readUserConfig({ platform, processEnv, homeFolder });
  const trusted = trustWorkspace || (await isTrusted(cwd, config));
  const untrusted = await untrustedFolders({ workspaceFolders: [cwd], trustWorkspace: trusted, homeFolder });
  const { worker } = config;
  return { cwd, isTrusted: trusted, untrusted, ...(worker !== undefined && { worker }) };
}
