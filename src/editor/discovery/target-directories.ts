/** The folders that a person names in `pvf.targetDirectories`, as absolute paths. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Takes any value of the setting; what is no path in it is left out. `~` and `${workspaceFolder}` are understood. */
export function targetDirectoriesOf(setting: unknown, workspaceFolder: string, home = homedir()): readonly string[] {
  if (!Array.isArray(setting)) return [];
  const paths = setting.filter((entry): entry is string => typeof entry === 'string' && entry.trim() !== '');
  return [...new Set(paths.map((path) => absolute(path.trim(), workspaceFolder, home)))];
}

function absolute(path: string, workspaceFolder: string, home: string): string {
  if (path === '~' || /^~[\\/]/.test(path)) return join(home, path.slice(1));
  return resolve(
    workspaceFolder,
    path.replace(/\$\{workspaceFolder\}/g, () => workspaceFolder),
  );
}
