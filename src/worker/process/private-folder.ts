import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExitGuard } from '../../base/exit-guard.ts';

/** Linux's `sun_path` holds 108 bytes with the final NUL. Node silently truncates a longer path and listens there. */
export const maxSocketPathBytes = process.platform === 'darwin' ? 103 : 107;

/** `/s-` and ten characters, see `transientSocketPath`. */
const longestNameInside = 13;

/** A folder for this process alone (mode 0700), with a path that is short enough for a socket in it. */
export interface PrivateFolder extends AsyncDisposable {
  readonly path: string;
}

/**
 * Makes the folder below `$TMPDIR`, or below `/tmp` if that path is too long for a socket.
 * Rejects with the system's error when the folder can't be made.
 */
export async function makePrivateFolder(guard: ExitGuard): Promise<PrivateFolder> {
  const parent = await parentFor(tmpdir());
  // mkdtemp makes it with mode 0700: nobody else can connect to a socket inside.
  const path = await mkdtemp(join(parent, 'pvf-'));
  const release = guard.folder(path);
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
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
