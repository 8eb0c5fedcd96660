/** The setting `pvf.profile`. */
import path from 'node:path';
import { ConfigurationTarget, Uri, workspace } from 'vscode';
import { isInside } from '../base/paths.ts';
import { type ProfilePlace, workspaceProfiles } from './core/profiles.ts';
import type { Runtime } from './model.ts';

/**
 * Sets the profile where it takes effect: in the folder if that has a value of its own, or the profile belongs to one of
 * several folders; otherwise in the workspace. VS Code ignores the workspace's value without trust, so it is the user's then.
 * @param value what `KnownProfile.value` has
 */
export async function setProfile(
  value: string,
  place: ProfilePlace,
  runtime: Pick<Runtime, 'manifestPath' | 'blob'> | undefined,
): Promise<void> {
  const owner = place.kind === 'workspace' ? path.join(place.workspaceFolder, 'Cargo.toml') : undefined;
  const file = owner ?? runtime?.manifestPath ?? runtime?.blob.path;
  const scope = file === undefined ? workspace.workspaceFolders?.[0]?.uri : Uri.file(file);
  const folder = scope && workspace.getWorkspaceFolder(scope);
  const configuration = workspace.getConfiguration('pvf', scope);
  const target = targetFor(configuration.inspect('profile'), folder !== undefined, place);
  await configuration.update('profile', written(value, place, folder?.uri.fsPath), target);
}

function targetFor(
  inspected: { readonly workspaceFolderValue?: unknown } | undefined,
  isInFolder: boolean,
  place: ProfilePlace,
): ConfigurationTarget {
  const folders = workspace.workspaceFolders ?? [];
  if (!workspace.isTrusted || folders.length === 0) return ConfigurationTarget.Global;
  const isOfFolder = place.kind === 'workspace' && folders.length > 1;
  const hasOwn = inspected?.workspaceFolderValue !== undefined && folders.length > 1;
  return isInFolder && (isOfFolder || hasOwn) ? ConfigurationTarget.WorkspaceFolder : ConfigurationTarget.Workspace;
}

/** Relative inside the workspace folder, so that the settings can be shared. With slashes on every system. */
function written(value: string, place: ProfilePlace, folder: string | undefined): string {
  if (place.kind === 'workspace') return `${workspaceProfiles}/${path.basename(value)}`;
  if (place.kind !== 'file' || folder === undefined || !isInside(value, folder)) return value;
  const relative = path.relative(folder, value).split(path.sep).join('/');
  // A name without a slash or a dot would be that of a built-in profile.
  return relative.includes('/') ? relative : `./${relative}`;
}
