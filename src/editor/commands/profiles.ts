/** Chooses the limits that runtimes are checked against. */
import path from 'node:path';
import { commands, type QuickInputButton, type QuickPickItem, QuickPickItemKind, ThemeIcon, Uri, window } from 'vscode';
import { fileOf, type KnownProfile, type ProfileList } from '../core/profiles.ts';
import type { Runtime } from '../model.ts';
import { setProfile } from '../profile-setting.ts';
import type { Services } from '../services.ts';
import { placeText, profileDetail, profileName } from '../views/profile-text.ts';
import { targetOf } from './choose-runtime.ts';
import type { Command } from './command.ts';
import { refreshProfile } from './fetch-limits.ts';

type Choice =
  | { readonly kind: 'profile'; readonly known: KnownProfile }
  | { readonly kind: 'browse' }
  | { readonly kind: 'fetch' }
  | { readonly kind: 'refresh'; readonly known: KnownProfile }
  | { readonly kind: 'open'; readonly file: string };

interface Item extends QuickPickItem {
  readonly choice?: Choice;
}

interface ChoiceButton extends QuickInputButton {
  readonly choice: Choice;
}

/** Lets the user choose the profile, and writes `pvf.profile`. @param argument `{ runtimeId }`: whose settings count */
export const selectProfile: Command = (services) => async (argument) => {
  const target = targetOf(argument);
  const runtime = target.kind === 'runtime' ? services.runtimes.byId(target.id) : undefined;
  const choice = await choose(services, runtime);
  switch (choice?.kind) {
    case undefined:
      return undefined;
    case 'profile':
      return setProfile(choice.known.value, choice.known.place, runtime);
    case 'browse':
      return browse(services, runtime);
    case 'fetch':
      return commands.executeCommand('pvf.fetchLimits', argument);
    case 'refresh':
      return refreshProfile(services, choice.known);
    case 'open':
      return commands.executeCommand('vscode.open', Uri.file(choice.file));
  }
};

async function choose(services: Services, runtime: Runtime | undefined): Promise<Choice | undefined> {
  const { t, checks } = services;
  const picker = window.createQuickPick<Item>();
  picker.title = t('Select Relay Chain Limits');
  picker.placeholder = t('Choose the limits that the runtimes are checked against');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.busy = true;
  picker.show();
  const chosen = new Promise<Choice | undefined>((resolve) => {
    picker.onDidAccept(() => resolve(picker.selectedItems[0]?.choice));
    picker.onDidTriggerItemButton(({ button }) =>
      resolve('choice' in button ? (button as ChoiceButton).choice : undefined),
    );
    picker.onDidHide(() => resolve(undefined));
  });
  try {
    const list = await checks.limits.list();
    const items = itemsOf(list, checks.limits.inUse(runtime), t);
    picker.items = items;
    picker.activeItems = items.filter(({ picked }) => picked);
    picker.busy = false;
    for (const problem of list.problems) services.channel.warn(problem);
    return await chosen;
  } finally {
    picker.dispose();
  }
}

function itemsOf({ known, problems }: ProfileList, used: string, t: Services['t']): Item[] {
  const separator = (label = ''): Item => ({ label, kind: QuickPickItemKind.Separator });
  return [
    ...known.map((one) => profileItem(one, used, t)),
    separator(),
    {
      label: `$(cloud-download) ${t('Fetch from a Relay Chain…')}`,
      detail: t('Reads the limits in force and the scheduled ones from a node, and saves them.'),
      choice: { kind: 'fetch' },
    },
    {
      label: `$(folder-opened) ${t('Browse…')}`,
      detail: t("A profile, the relay chain's host configuration, or a plain chain spec, as JSON."),
      choice: { kind: 'browse' },
    },
    ...(problems.length === 0 ? [] : [separator(t('Not usable')), ...problems.map((label): Item => ({ label }))]),
  ];
}

function profileItem(known: KnownProfile, used: string, t: Services['t']): Item {
  const isUsed = known.value === used || fileOf(known.place) === used;
  const buttons = buttonsOf(known, t);
  return {
    label: `${isUsed ? '$(check) ' : ''}${profileName(known)}`,
    description: placeText(known, t),
    detail: profileDetail(known.profile, Date.now(), t),
    picked: isUsed,
    choice: { kind: 'profile', known },
    buttons,
  };
}

function buttonsOf(known: KnownProfile, t: Services['t']): ChoiceButton[] {
  const file = fileOf(known.place);
  const isSaved = known.place.kind === 'user' || known.place.kind === 'workspace';
  return [
    ...(isSaved && known.profile.rpc !== undefined
      ? [button('refresh', t('Refresh from the Relay Chain'), { kind: 'refresh', known })]
      : []),
    ...(file === undefined ? [] : [button('go-to-file', t('Open File'), { kind: 'open', file })]),
  ];
}

function button(icon: string, tooltip: string, choice: Choice): ChoiceButton {
  return { iconPath: new ThemeIcon(icon), tooltip, choice };
}

async function browse({ t }: Services, runtime: Runtime | undefined): Promise<void> {
  const picked = await window.showOpenDialog({
    title: t('Pick a profile, a host configuration or a chain spec'),
    openLabel: t('Use These Limits'),
    canSelectMany: false,
    filters: { JSON: ['json'], [t('All files')]: ['*'] },
  });
  const file = picked?.[0]?.fsPath;
  if (file !== undefined) await setProfile(path.normalize(file), { kind: 'file', path: file }, runtime);
}
