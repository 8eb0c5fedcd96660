/** What a task of tasks.json asks for. Its values may have any type. */
import { expandPath } from '../../base/paths.ts';
import type { Crate } from './crates.ts';

export const taskNames = ['check', 'build', 'prepare', 'build-worker', 'build-engine'] as const;
export type TaskName = (typeof taskNames)[number];

export function taskNameOf(definition: Readonly<Record<string, unknown>>): TaskName | undefined {
  return taskNames.find((name) => name === definition['task']);
}

/**
 * The crate that a task names by its manifest or its package name, otherwise the only one. Undefined: it is not known, or there
 * are several.
 */
export function crateFor(
  definition: Readonly<Record<string, unknown>>,
  crates: readonly Crate[],
  workspaceFolder: string | undefined,
): Crate | undefined {
  const { manifest, crate } = definition;
  if (typeof manifest === 'string') {
    const path = expandPath(manifest, workspaceFolder === undefined ? {} : { workspaceFolder });
    return crates.find(({ manifestPath }) => manifestPath === path);
  }
  if (typeof crate === 'string') return crates.find(({ name }) => name === crate);
  return crates.length === 1 ? crates[0] : undefined;
}

/** The files that a task names, as absolute paths where they begin with `~`. VS Code replaces the variables in the others. */
export function filesOf({ runtime, files }: Readonly<Record<string, unknown>>): string[] {
  const named = [runtime, ...(Array.isArray(files) ? (files as readonly unknown[]) : [])];
  return named.flatMap((file) => {
    if (typeof file !== 'string' || file.trim() === '') return [];
    return /^~([\\/]|$)/.test(file) ? [expandPath(file, {})] : [file];
  });
}
