/** Which kind of VS Code the extension is tested in. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { withDeadline } from '../../src/base/deadline.ts';
import { rigCacheFolder } from './folders.ts';

/** `electron` is VS Code itself, by `@vscode/test-electron`; `server` is a VS Code server from the npm registry. */
export type RigKind = 'electron' | 'server';

export interface RigChoice {
  readonly kind: RigKind;
  readonly why: string;
}

export interface RigEvidence {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Is a VS Code in the cache folder? */
  readonly isDownloaded: () => boolean;
  /** Can VS Code's download host be reached? */
  readonly canDownload: () => Promise<boolean>;
}

const ASK_MS = 4000;

/** `TEST_VSCODE_RIG` says it, `auto` or nothing leaves it to what is there. Rejects for any other word. */
export async function chooseRig({ env, isDownloaded, canDownload }: RigEvidence): Promise<RigChoice> {
  const { TEST_VSCODE_RIG: wanted = 'auto', VSCODE_EXECUTABLE: executable } = env;
  if (wanted === 'electron' || wanted === 'server') return { kind: wanted, why: 'TEST_VSCODE_RIG says so' };
  if (wanted !== 'auto') throw new Error(`TEST_VSCODE_RIG is ${wanted}; it may be electron, server or auto`);
  if (executable) return { kind: 'electron', why: 'VSCODE_EXECUTABLE names a VS Code' };
  if (isDownloaded()) return { kind: 'electron', why: 'a VS Code is in the cache folder' };
  if (await canDownload()) return { kind: 'electron', why: 'VS Code can be downloaded' };
  return { kind: 'server', why: 'the download host of VS Code cannot be reached' };
}

/** What there is on this machine. */
export const evidence: RigEvidence = {
  env: process.env,
  isDownloaded: () =>
    existsSync(downloadFolder()) && readdirSync(downloadFolder()).some((name) => name.startsWith('vscode-')),
  canDownload: async () => {
    const { fetchStableVersions } = await import('@vscode/test-electron/out/download.js');
    return withDeadline(fetchStableVersions(true, ASK_MS), ASK_MS).then(
      (versions) => versions.length > 0,
      () => false,
    );
  },
};

/** Where `@vscode/test-electron` keeps what it has downloaded. */
export function downloadFolder(): string {
  return path.join(rigCacheFolder(), 'electron');
}
