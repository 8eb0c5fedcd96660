import { homedir } from 'node:os';
import path from 'node:path';
import { cacheFolder } from '../../src/base/cache-folder.ts';

/** The folder for what a rig keeps between runs. @param rig name of its folder in scripts/ */
export function keptFolder(rig: 'vscode-rig' | 'chain-rig'): string {
  return path.join(cacheFolder({ platform: process.platform, env: process.env, homeFolder: homedir() }), rig);
}
