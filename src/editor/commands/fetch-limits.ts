/** Reads the limits of a live relay chain, and saves them as a profile. */
import path from 'node:path';
import { commands, ProgressLocation, type QuickPickItem, QuickPickItemKind, Uri, window, workspace } from 'vscode';
import { parseEndpoint } from '../../chain/endpoint.ts';
import { CheckFailed } from '../check-thread/thread-client.ts';
import { profileValue } from '../core/limit-profiles.ts';
import type { FetchedLimits, KnownProfile, ProfilePlace } from '../core/profiles.ts';
import type { Runtime } from '../model.ts';
import { setProfile } from '../profile-setting.ts';
import type { Services } from '../services.ts';
import { profileName, valueChangeText } from '../views/profile-text.ts';
import { abortOn } from './abort-on.ts';
import { targetOf } from './choose-runtime.ts';
import type { Command } from './command.ts';
import { askForEndpoint, rememberEndpoint } from './endpoints.ts';

const STATUS_MS = 6000;

/** @param argument `{ runtimeId }`: whose settings count. `{ url }`: the endpoint */
export const fetchLimits: Command = (services) => async (argument) => {
  const target = targetOf(argument);
  const runtime = target.kind === 'runtime' ? services.runtimes.byId(target.id) : undefined;
  const url = urlOf(argument) ?? (await askForEndpoint(services));
  if (url === undefined) return;
  const fetched = await fetchWithProgress(services, url, services.checks.limits.inUse(runtime));
  if (fetched === undefined) return;
  await rememberEndpoint(services, url);
  await keep(services, fetched, runtime);
};

/** Reads the limits of a saved profile again: those in use if they were fetched, otherwise of a profile that the user chooses. */
export const refreshLimits: Command = (services) => async (argument) => {
  const { checks, t } = services;
  const target = targetOf(argument);
  const runtime = target.kind === 'runtime' ? services.runtimes.byId(target.id) : undefined;
  const { known } = await checks.limits.list();
  const saved = known.filter(({ place }) => place.kind === 'user' || place.kind === 'workspace');
  const inUse = saved.find(({ value }) => value === checks.limits.inUse(runtime));
  const [only] = saved;
  if (inUse !== undefined || saved.length === 1) return refreshProfile(services, inUse ?? only);
  if (saved.length === 0) return commands.executeCommand('pvf.fetchLimits', argument);
  const items = saved.map((one) => ({ label: profileName(one), description: one.profile.date, one }));
  const picked = await window.showQuickPick(items, { title: t('Refresh Limits from the Relay Chain') });
  return refreshProfile(services, picked?.one);
};

/** A workspace may name any server, so its endpoints need trust. */
export async function refreshProfile(services: Services, known: KnownProfile | undefined): Promise<void> {
  if (known === undefined) return;
  const { t, checks, channel } = services;
  const { place, profile, value } = known;
  if (place.kind === 'workspace' && !workspace.isTrusted) return explainTrust(services);
  const url = profile.rpc ?? (await askForEndpoint(services));
  const fetched = url === undefined ? undefined : await fetchWithProgress(services, url, value);
  if (fetched === undefined) return;
  const file = await checks.limits.save(fetched.profile, workspaceFolderOf(place));
  const changes = fetched.changes ?? [];
  const text =
    changes.length === 0
      ? t('The limits of {0} are still the same.', profileName(known))
      : t('The limits of {0} changed: {1}.', profileName(known), changes.map(valueChangeText).join('; '));
  channel.info(`${text} (${file})`);
  const open = t('Open File');
  if ((await window.showInformationMessage(text, open)) === open) await openFile(file);
}

/** Undefined: the user cancelled, or gave up after an error. */
async function fetchWithProgress(services: Services, url: string, against: string): Promise<FetchedLimits | undefined> {
  const { t, checks, channel } = services;
  const { shown } = parseEndpoint(url);
  const options = {
    location: ProgressLocation.Notification,
    cancellable: true,
    title: t('Fetching the limits from {0}', shown),
  };
  try {
    return await window.withProgress(options, async (_, token) => {
      using cancelling = abortOn(token);
      return await checks.limits.fetch(url, against, cancelling.signal);
    });
  } catch (error) {
    if (!(error instanceof CheckFailed)) throw error;
    if (error.failure.kind === 'cancelled') return undefined;
    channel.error(error.message);
    const again = t('Try Again');
    const other = t('Other Endpoint…');
    const answer = await window.showErrorMessage(error.message, again, other);
    if (answer === again) return fetchWithProgress(services, url, against);
    const next = answer === other ? await askForEndpoint(services, url) : undefined;
    return next === undefined ? undefined : fetchWithProgress(services, next, against);
  }
}

interface KeepItem extends QuickPickItem {
  readonly isFor?: 'workspace' | 'user';
  readonly isUsed?: boolean;
}

/** Shows what the limits would change, and saves them where the user wants. */
async function keep(services: Services, fetched: FetchedLimits, runtime: Runtime | undefined): Promise<void> {
  const { t, checks, channel } = services;
  const { profile } = fetched;
  for (;;) {
    const picked = await window.showQuickPick(keepItems(fetched, checks.limits.inUse(runtime), t), {
      title: t('Limits of {0}', profile.chain ?? profile.name),
      placeHolder: t('Choose where to save them'),
    });
    if (picked === undefined) return;
    // The other rows only tell what changes.
    if (picked.isFor === undefined) continue;
    const folder = picked.isFor === 'workspace' ? await chooseFolder(runtime) : undefined;
    if (picked.isFor === 'workspace' && folder === undefined) return;
    const file = await checks.limits.save(profile, folder);
    const place: ProfilePlace =
      folder === undefined ? { kind: 'user', path: file } : { kind: 'workspace', path: file, workspaceFolder: folder };
    channel.info(`The limits of ${profile.chain ?? profile.name} were saved to ${file}.`);
    if (picked.isUsed) await setProfile(profileValue(file, folder), place, runtime);
    window.setStatusBarMessage(t('The limits were saved to {0}.', workspace.asRelativePath(file)), STATUS_MS);
    return;
  }
}

function keepItems({ profile, changes }: FetchedLimits, used: string, t: Services['t']): KeepItem[] {
  const hasFolder = (workspace.workspaceFolders ?? []).length > 0;
  const team = t('In .pvf/profiles, for the whole team and for CI.');
  const own = t('For all workspaces, by its name.');
  const separator = (label: string): KeepItem => ({ label, kind: QuickPickItemKind.Separator });
  return [
    ...(hasFolder
      ? ([
          { label: `$(check) ${t('Save in the Workspace and Use')}`, detail: team, isFor: 'workspace', isUsed: true },
          { label: `$(save) ${t('Save in the Workspace')}`, detail: team, isFor: 'workspace' },
        ] as const)
      : []),
    { label: `$(account) ${t('Save for Me and Use')}`, detail: own, isFor: 'user', isUsed: true },
    { label: `$(save) ${t('Save for Me')}`, detail: own, isFor: 'user' },
    separator(t('instead of {0}', profileLabel(used))),
    ...(changes ?? []).map((change): KeepItem => ({ label: valueChangeText(change) })),
    ...(changes?.length === 0 ? [{ label: t('No value differs') }] : []),
    ...(changes === undefined ? [{ label: t('The profile in use can not be read') }] : []),
    ...(profile.notes.length === 0 ? [] : [separator(t('Notes')), ...profile.notes.map((label) => ({ label }))]),
  ];
}

/** `relay-3mib`, `paseo`: the name, or that of the file. */
function profileLabel(nameOrPath: string): string {
  return path.basename(nameOrPath, '.json');
}

/** The folder of the runtime, the only one, or one that the user chooses. */
async function chooseFolder(runtime: Runtime | undefined): Promise<string | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  const own = folders.find(({ uri }) => uri.fsPath === runtime?.workspaceFolder);
  const folder = own ?? (folders.length === 1 ? folders[0] : await window.showWorkspaceFolderPick());
  return folder?.uri.fsPath;
}

function workspaceFolderOf(place: ProfilePlace): string | undefined {
  return place.kind === 'workspace' ? place.workspaceFolder : undefined;
}

async function explainTrust({ t }: Services): Promise<void> {
  const manage = t('Manage Workspace Trust');
  const message = t(
    'The limits are not fetched, because this profile of the workspace names the server, and the workspace is not trusted.',
  );
  if ((await window.showWarningMessage(message, manage)) === manage)
    await commands.executeCommand('workbench.trust.manage');
}

async function openFile(file: string): Promise<void> {
  await commands.executeCommand('vscode.open', Uri.file(file));
}

function urlOf(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null || !('url' in argument)) return undefined;
  return typeof argument.url === 'string' ? argument.url : undefined;
}
