import { Disposable, ProgressLocation, type QuickPickItem, window } from 'vscode';
import { errorMessage } from '../../base/errors.ts';
import { formatBytes } from '../../base/units.ts';
import type { SpecCodeSummary } from '../../check/spec-codes.ts';
import { type CodeChoice, lastChoice, rememberChoice } from '../core/code-choices.ts';
import type { Services } from '../services.ts';

/** `if-new`: only if the user has not chosen a code of this file before. */
export type AskForCode = 'always' | 'if-new';

interface CodeItem extends QuickPickItem {
  readonly code: SpecCodeSummary;
}

/** The code of a chain spec with several. For other files, the file's only code. Undefined: the user cancelled. */
export async function chooseCode(services: Services, file: string, ask: AskForCode): Promise<CodeChoice | undefined> {
  const { context, t } = services;
  const codes = await codesOf(services, file);
  const [only, second] = codes;
  if (second === undefined) return only ?? {};
  const last = lastChoice(context.workspaceState, file, codes);
  if (last !== undefined && ask === 'if-new') return last;
  const picked = await pick(
    codes.map((code) => itemOf(code, code === last, t)),
    t('This chain spec has {0} runtimes', codes.length),
    t('Choose the code to check'),
  );
  if (picked !== undefined) await rememberChoice(context.workspaceState, file, picked);
  return picked;
}

/** Empty if the file can't be read. The check reports why. */
async function codesOf({ checks, channel, t }: Services, file: string): Promise<readonly SpecCodeSummary[]> {
  try {
    const options = { location: ProgressLocation.Window, title: t('Reading {0}', file) };
    return await window.withProgress(options, () => checks.queries.specCodes(file));
  } catch (error) {
    channel.debug(`The codes of ${file} can't be listed: ${errorMessage(error)}`);
    return [];
  }
}

function itemOf(code: SpecCodeSummary, isLast: boolean, t: Services['t']): CodeItem {
  const { block, storedBytes, specName, specVersion } = code;
  const spec = [specName, specVersion].filter((part) => part !== undefined).join(' ');
  const description = [
    spec,
    storedBytes === undefined ? t('damaged') : formatBytes(storedBytes),
    isLast ? t('chosen last time') : '',
  ];
  return {
    label: block === undefined ? t('Genesis code') : t('Code substitute at block {0}', block),
    description: description.filter((part) => part !== '').join(' · '),
    picked: isLast,
    code,
  };
}

/** Like `showQuickPick`, but starts at the last choice. */
async function pick(items: readonly CodeItem[], title: string, placeholder: string): Promise<CodeChoice | undefined> {
  const list = window.createQuickPick<CodeItem>();
  list.title = title;
  list.placeholder = placeholder;
  list.matchOnDescription = true;
  list.items = items;
  const last = items.filter(({ picked }) => picked);
  // An empty list would leave no item active, and Enter without a choice.
  if (last.length > 0) list.activeItems = last;
  return new Promise<SpecCodeSummary | undefined>((resolve) => {
    const subscriptions = Disposable.from(
      list,
      list.onDidAccept(() => {
        const [item] = list.selectedItems;
        if (item === undefined) return;
        resolve(item.code);
        list.hide();
      }),
      list.onDidHide(() => {
        subscriptions.dispose();
        resolve(undefined);
      }),
    );
    list.show();
  });
}
