/** Chooses the kind of VS Code to test in. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { withDeadline } from '../../src/base/deadline.ts';
import { rigCacheFolder } from './folders.ts';

/**
 * `electron`: VS Code itself, started with `@vscode/test-electron`. `server`: a VS Code server from the npm registry.
 */
export type RigKind = 'electron' | 'server';

export interface RigChoice {
  readonly kind: RigKind;
  readonly why: string;
}

export interface RigEvidence {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** True if the cache folder has a VS Code. */
  readonly isDownloaded: () => boolean;
  /** Resolves to true if VS Code's download host answers. */
  readonly canDownload: () => Promise<boolean>;
}

const DOWNLOAD_CHECK_MS = 4000;

/** Follows `TEST_VSCODE_RIG`. Without it, or with `auto`, follows what the machine has. Rejects for another value. */
export async function chooseRig({ env, isDownloaded, canDownload }: RigEvidence): Promise<RigChoice> {
  const { TEST_VSCODE_RIG: wanted = 'auto', VSCODE_EXECUTABLE: executable } = env;
  if (wanted === 'electron' || wanted === 'server') return { kind: wanted, why: 'TEST_VSCODE_RIG says so' };
  if (wanted !== 'auto') throw new Error(`TEST_VSCODE_RIG is ${wanted}; it must be electron, server or auto`);
  if (executable) return { kind: 'electron', why: 'VSCODE_EXECUTABLE names a VS Code' };
  if (isDownloaded()) return { kind: 'electron', why: 'a VS Code is in the cache folder' };
  if (await canDownload()) return { kind: 'electron', why: 'VS Code can be downloaded' };
  return { kind: 'server', why: 'the download host of VS Code cannot be reached' };
}

/** The evidence of this machine. */
export const evidence: RigEvidence = {
  env: process.env,
  isDownloaded: () =>
    existsSync(downloadFolder()) && readdirSync(downloadFolder()).some((name) => name.startsWith('vscode-')),
  canDownload: async () => {
    const { fetchStableVersions } = await import('@vscode/test-electron/out/download.js');
    return withDeadline(fetchStableVersions(true, DOWNLOAD_CHECK_MS), DOWNLOAD_CHECK_MS).then(
      (versions) => versions.length > 0,
      () => false,
    );
  },
};

/** The download folder of `@vscode/test-electron`. */
export function downloadFolder(): string {
  return path.join(rigCacheFolder(), 'electron');
}
