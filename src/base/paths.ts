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
  /** The values of `${env:X}`. Absent: such variables stay as they are. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Makes a path from a setting absolute: `~`, `~/x`, `${workspaceFolder}/x` or a relative path. */
export function expandPath(written: string, context: PathContext): string {
  const { homeFolder = homedir(), workspaceFolder = homeFolder } = context;
  if (written === '~' || /^~[\\/]/.test(written)) return path.join(homeFolder, written.slice(1));
  return path.resolve(workspaceFolder, expandVariables(written, context));
}

/**
 * Replaces VS Code's variables: `${workspaceFolder}`, `${workspaceFolderBasename}`, `${userHome}`, `${pathSeparator}`, `${/}`
 * and `${env:X}`, which is empty if X is not set. Other variables stay as they are.
 */
export function expandVariables(written: string, context: PathContext): string {
  const { homeFolder = homedir(), workspaceFolder = homeFolder, env } = context;
  return written.replace(/\$\{([^${}]+)\}/g, (variable, name: string) => {
    if (name.startsWith('env:')) return env === undefined ? variable : (env[name.slice('env:'.length)] ?? '');
    switch (name) {
      case 'workspaceFolder':
        return workspaceFolder;
      case 'workspaceFolderBasename':
        return path.basename(workspaceFolder);
      case 'userHome':
        return homeFolder;
      case 'pathSeparator':
      case '/':
        return path.sep;
      default:
        return variable;
    }
  });
}
