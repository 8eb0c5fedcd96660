import { homedir } from 'node:os';
import path from 'node:path';

/** How paths are written on a platform: `path.posix` or `path.win32`. */
type PathStyle = Pick<typeof path, 'relative' | 'isAbsolute' | 'sep'>;

/**
 * Is the path the folder itself, or somewhere below it? Compares names only: resolve symbolic links first where they matter.
 * A name that merely begins with two dots (`..evil`) is a name like any other.
 */
export function isInside(file: string, folder: string, style: PathStyle = path): boolean {
  const way = style.relative(folder, file);
  return !(way === '..' || way.startsWith(`..${style.sep}`) || style.isAbsolute(way));
}

export interface PathContext {
  /** What relative paths and `${workspaceFolder}` mean; absent: the home folder. */
  readonly workspaceFolder?: string;
  readonly homeFolder?: string;
}

/** The absolute path that a user wrote in a setting: `~`, `~/x`, `${workspaceFolder}/x` or a relative path. */
export function expandPath(written: string, { workspaceFolder, homeFolder = homedir() }: PathContext): string {
  if (written === '~' || /^~[\\/]/.test(written)) return path.join(homeFolder, written.slice(1));
  const folder = workspaceFolder ?? homeFolder;
  return path.resolve(
    folder,
    written.replace(/\$\{workspaceFolder\}/g, () => folder),
  );
}
