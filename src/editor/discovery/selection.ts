/** `pvf.include` and `pvf.exclude`: which runtimes are checked automatically. */
import { dirname, isAbsolute, relative } from 'node:path';
import { globRegExp } from '../../base/glob.ts';
import { isInside } from '../../base/paths.ts';
import type { Runtime } from '../model.ts';

export interface Selection {
  /** Names of crates, or globs of crates or paths. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** Accepts any value, and leaves out invalid entries. */
export function patternsOf(setting: unknown): readonly string[] {
  if (!Array.isArray(setting)) return [];
  const written = setting.filter((entry): entry is string => typeof entry === 'string');
  return [...new Set(written.map((entry) => entry.trim()).filter((entry) => entry !== ''))];
}

/** An include wins over an exclude. */
export function choiceOf(runtime: Runtime, { include, exclude }: Selection): Runtime['choice'] {
  if (include.some((pattern) => matches(runtime, pattern))) return 'included';
  return exclude.some((pattern) => matches(runtime, pattern)) ? 'excluded' : undefined;
}

/** A pattern without a slash means a crate, or a file or folder with that name at any depth, as in .gitignore. */
function matches(runtime: Runtime, written: string): boolean {
  const { crateName, name, workspaceFolder = '', manifestPath, blob, others } = runtime;
  const pattern = written
    .replaceAll('\\', '/')
    .replace(/^\$\{workspaceFolder\}\//, '')
    .replace(/^\.\/|\/+$/g, '');
  const anywhere = pattern.includes('/') ? '' : '**/';
  const pathPattern = globRegExp(`${anywhere}${pattern}{,/**}`);
  const paths = [
    ...(manifestPath === undefined ? [] : [dirname(manifestPath)]),
    ...[blob, ...others].map(({ path }) => path),
  ];
  const namePattern = globRegExp(pattern);
  return (
    [crateName, name].some((one) => one !== undefined && namePattern.test(one)) ||
    paths.some((path) => pathPattern.test(shortPath(path, workspaceFolder)) || pathPattern.test(slashes(path)))
  );
}

/** Relative to the workspace folder, if the file is in it. */
function shortPath(path: string, workspaceFolder: string): string {
  return isAbsolute(workspaceFolder) && isInside(path, workspaceFolder)
    ? slashes(relative(workspaceFolder, path))
    : slashes(path);
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}
