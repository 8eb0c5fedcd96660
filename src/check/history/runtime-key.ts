/**
 * Which history a file belongs to. The key names the repository and the runtime in it, so that all builds of a runtime share
 * one history: the files of one build, every cargo profile, every worktree of the repository, command line and editor.
 */
import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { RuntimeBlob } from '../../runtime/blob.ts';
import { stemOf } from '../../runtime/build-variant.ts';
import { findRepository, type GitRepository } from './git-state.ts';

export interface RuntimeKey {
  /** Identifies the history. 32 hex digits. */
  readonly id: string;
  /** Absent: the file is in no repository. */
  readonly repository?: GitRepository;
}

/** wasm-builder writes to `<target>/<profile>/wbuild/<crate>/`. srtool has a folder more: `<target>/srtool/<profile>`. */
const builderFolder = /^(?<target>.*?)[\\/](?:srtool[\\/])?[^\\/]+[\\/][wr]build[\\/](?<crate>[^\\/]+)[\\/]/;

/** Never rejects. */
export async function runtimeKey({ file, codeAt = '' }: Pick<RuntimeBlob, 'file' | 'codeAt'>): Promise<RuntimeKey> {
  const absolute = path.resolve(file);
  const real = await realpath(absolute).catch(() => absolute);
  const repository = await findRepository(path.dirname(real));
  const parts = [...placeOf(real, repository), codeAt];
  const id = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
  return { id, ...(repository && { repository }) };
}

/**
 * A crate has one name in a Cargo workspace. A repository may have several workspaces, each with a target folder, so the
 * folder counts too. Any other file is known by its place in the repository.
 */
function placeOf(file: string, repository: GitRepository | undefined): readonly string[] {
  const inRepository = (place: string) =>
    repository === undefined ? ['', place] : [repository.commonFolder, slashed(path.relative(repository.root, place))];
  const { target, crate } = builderFolder.exec(file)?.groups ?? {};
  if (target !== undefined && crate !== undefined) return [...inRepository(target), 'crate', crate];
  return [...inRepository(path.dirname(file)), 'file', stemOf(path.basename(file))];
}

function slashed(place: string): string {
  return place.split(path.sep).join('/');
}
