import { expandPath } from '../../base/paths.ts';

/** The folders of `pvf.targetDirectories` as absolute paths. Takes any value of the setting and leaves out what is no path. */
export function targetDirectoriesOf(setting: unknown, workspaceFolder: string, homeFolder?: string): readonly string[] {
  if (!Array.isArray(setting)) return [];
  const written = setting.filter((entry): entry is string => typeof entry === 'string' && entry.trim() !== '');
  const context = { workspaceFolder, ...(homeFolder === undefined ? {} : { homeFolder }) };
  return [...new Set(written.map((path) => expandPath(path.trim(), context)))];
}
