import { join } from 'node:path';
import { ChainError } from '../../src/chain/chain-reader.ts';
import type { CheckEnvironment } from '../../src/check/check-environment.ts';
import type { CheckSettings } from '../../src/check/check-settings.ts';
import type { Workbench } from './workbench.ts';

/** An environment in which a search finds only the files in the test's folder. */
export function environmentIn(
  { folder, cacheFolder, log, guard }: Pick<Workbench, 'folder' | 'cacheFolder' | 'log' | 'guard'>,
  change: Partial<CheckEnvironment> = {},
): CheckEnvironment {
  return {
    package: { root: join(folder, 'package'), name: 'polkadot-pvf', version: '0.1.0' },
    cacheFolder,
    homeFolder: folder,
    cwd: folder,
    processEnv: {},
    platform: process.platform,
    arch: process.arch,
    systemFolders: [],
    log,
    guard,
    openChain: (url) => Promise.reject(new ChainError(`${url} can't be reached.`)),
    ...change,
  };
}

export const plainSettings: CheckSettings = {
  instances: 1,
  profile: 'relay-3mib',
  workspaceFolders: [],
  trustWorkspace: false,
  verbose: false,
};
