import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExitGuard } from '../../base/exit-guard.ts';
import { removeFolder } from '../../base/remove-folder.ts';
import { noteOwner, removeLeftFolders } from './left-folders.ts';

/** Linux's `sun_path` holds 108 bytes with the final NUL. Node silently truncates a longer path and listens there. */
export const maxSocketPathBytes = process.platform === 'darwin' ? 103 : 107;

/** `/s-` and ten characters, see `transientSocketPath`. */
const longestNameInside = 13;

/** A folder for this process only (mode 0700). Its path is short enough for a socket inside. */
interface PrivateFolder extends AsyncDisposable {
  readonly path: string;
}

/**
 * Creates the folder in `$TMPDIR`, or in `/tmp` if that path is too long for a socket. Rejects with the system's error.
 */
export async function makePrivateFolder(guard: ExitGuard): Promise<PrivateFolder> {
  const parent = await parentFor(tmpdir());
  // mkdtemp uses mode 0700, so other users can't connect to a socket inside.
  const path = await mkdtemp(join(parent, 'pvf-'));
  const release = guard.folder(path);
  await noteOwner(path);
  await removeLeftFolders(parent);
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      await removeFolder(path);
      release();
    },
  };
}

async function parentFor(temporary: string): Promise<string> {
  const withName = Buffer.byteLength(join(temporary, 'pvf-XXXXXX')) + longestNameInside;
  if (withName <= maxSocketPathBytes || process.platform === 'win32') return temporary;
  await stat('/tmp');
  return '/tmp';
}
