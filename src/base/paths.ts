import { homedir } from 'node:os';
import path from 'node:path';

/** `path.posix` or `path.win32`. */
type PathStyle = Pick<typeof path, 'relative' | 'isAbsolute' | 'sep'>;

/**
 * Whether the path is the folder or inside it. Compares names only: resolve symbolic links first where they matter.
 * A name that only begins with two dots (`..evil`) is an ordinary name.
 */
export function isInside(file: string, folder: string, style: PathStyle = path): boolean {
  const relative = style.relative(folder, file);
  return !(relative === '..' || relative.startsWith(`..${style.sep}`) || style.isAbsolute(relative));
}

interface PathContext {
  /** The base of relative paths and the value of `${workspaceFolder}`. Absent: the home folder. */
  readonly workspaceFolder?: string;
  readonly homeFolder?: string;
}

/** Makes a path from a setting absolute: `~`, `~/x`, `${workspaceFolder}/x` or a relative path. */
export function expandPath(written: string, { workspaceFolder, homeFolder = homedir() }: PathContext): string {
  if (written === '~' || /^~[\\/]/.test(written)) return path.join(homeFolder, written.slice(1));
  const folder = workspaceFolder ?? homeFolder;
  return path.resolve(
    folder,
    written.replace(/\$\{workspaceFolder\}/g, () => folder),
  );
}
