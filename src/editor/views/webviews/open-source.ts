import path from 'node:path';
import { Range, RelativePattern, Uri, window, workspace } from 'vscode';
import { localCrates } from '../../discovery/local-crates.ts';
import type { Runtime } from '../../model.ts';
import type { Services } from '../../services.ts';
import { placeInSource } from './place-in-source.ts';

const STATUS_MS = 4000;
const MAX_FILES = 400;
const MAX_FILE_BYTES = 2_000_000;

/**
 * Opens the source of a function in a crate of the workspace's own.
 * @param parts names from the section down to the function, as in the size tree
 */
export async function openSource(
  { t }: Services,
  runtime: Runtime | undefined,
  [, crate, ...parts]: readonly string[],
): Promise<void> {
  const item = parts.at(-1);
  const folder = runtime?.manifestPath === undefined ? undefined : await folderOf(runtime.manifestPath, crate);
  const place = folder === undefined || item === undefined ? undefined : await findIn(folder, item, parts.slice(0, -1));
  if (place === undefined) {
    window.setStatusBarMessage(t('The source of {0} is not in this workspace.', item ?? crate ?? ''), STATUS_MS);
    return;
  }
  await window.showTextDocument(place.uri, { selection: new Range(place.line, 0, place.line, 0) });
}

/** The folder's crate may have another name than the folder, but rarely has. */
async function folderOf(manifest: string, crate: string | undefined): Promise<string | undefined> {
  const folders = await localCrates(manifest);
  const named = (folder: string) => path.basename(folder).replaceAll('-', '_');
  return folders.find((folder) => named(folder) === crate || `pallet_${named(folder)}` === crate);
}

async function findIn(folder: string, item: string, modules: readonly string[]) {
  const files = await workspace.findFiles(new RelativePattern(Uri.file(folder), '**/*.rs'), null, MAX_FILES);
  const found: { uri: Uri; line: number; inModule: boolean }[] = [];
  for (const uri of files) {
    const { size } = await workspace.fs.stat(uri);
    if (size > MAX_FILE_BYTES) continue;
    const line = placeInSource(new TextDecoder().decode(await workspace.fs.readFile(uri)), item);
    if (line !== undefined) found.push({ uri, line, inModule: modules.some((name) => uri.path.includes(`/${name}`)) });
  }
  return found.find(({ inModule }) => inModule) ?? found[0];
}
