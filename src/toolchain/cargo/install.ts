import { randomBytes } from 'node:crypto';
import { chmod, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Copies a program to its place. The last step is a rename, so nobody ever sees a part of it. */
export async function installProgram(program: string, place: string): Promise<void> {
  const folder = path.dirname(place);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const incoming = path.join(folder, `.incoming-${randomBytes(6).toString('hex')}`);
  try {
    await copyFile(program, incoming);
    await chmod(incoming, 0o755);
    await rename(incoming, place);
  } catch (error) {
    await rm(incoming, { force: true });
    throw error;
  }
}
