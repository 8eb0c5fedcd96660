/** Opens the source of a crate or a function of a runtime. */
import { Range, Uri, window } from 'vscode';
import { findCrate } from '../discovery/sources/find-crate.ts';
import { findItem } from '../discovery/sources/find-item.ts';
import { type ItemPath, parseItemPath } from '../discovery/sources/item-path.ts';
import type { Services } from '../services.ts';
import type { Command } from './command.ts';

const STATUS_MS = 6000;

/**
 * @param given `{ crate, path?, item?, runtimeId? }`, or `{ symbol, runtimeId? }` with a demangled symbol, or an item of the
 * tree that has one of these as its `source`. Absent: the user enters a path.
 */
export const openSource: Command = (services) => async (given) => {
  const argument = typeof given === 'object' && given !== null && 'source' in given ? given.source : given;
  const item = itemOf(argument) ?? (await askForItem(services));
  if (item !== undefined) await open(services, item, runtimeIdOf(argument));
};

/** Undefined for other arguments. */
export function itemOf(argument: unknown): ItemPath | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  if ('symbol' in argument && typeof argument.symbol === 'string') return parseItemPath(argument.symbol);
  if (!('crate' in argument) || typeof argument.crate !== 'string') return undefined;
  const path = 'path' in argument && Array.isArray(argument.path) ? argument.path : [];
  const item = 'item' in argument && typeof argument.item === 'string' ? argument.item : undefined;
  const text = [argument.crate, ...path, ...(item === undefined ? [] : [item])].join('::');
  return parseItemPath(text);
}

function runtimeIdOf(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null || !('runtimeId' in argument)) return undefined;
  return typeof argument.runtimeId === 'string' ? argument.runtimeId : undefined;
}

async function askForItem({ t }: Services): Promise<ItemPath | undefined> {
  const text = await window.showInputBox({
    title: t('Open Source'),
    prompt: t('A crate or a function, as reports name it'),
    placeHolder: 'pallet_balances::pallet::Pallet<T>::transfer',
    validateInput: (value) => (value === '' || parseItemPath(value) ? undefined : t('This is no path of a crate.')),
  });
  return text === undefined ? undefined : parseItemPath(text);
}

async function open(services: Services, wanted: ItemPath, runtimeId: string | undefined): Promise<void> {
  const { runtimes, t } = services;
  const own = runtimeId === undefined ? undefined : runtimes.byId(runtimeId);
  const crates = own === undefined ? runtimes.all : [own];
  const manifests = new Set(crates.flatMap(({ manifestPath }) => manifestPath ?? []));
  let missing: string | undefined;
  for (const manifest of manifests) {
    const found = await findCrate(wanted.crate, manifest);
    if (found.kind === 'not-downloaded') missing = `${found.name} ${found.version}`;
    if (found.kind !== 'found') continue;
    const place = await findItem(found.folder, wanted);
    if (place === undefined) continue;
    const { path, line, column, length, isExact } = place;
    const selection = new Range(line, column, line, column + length);
    await window.showTextDocument(Uri.file(path), { selection });
    if (!isExact && wanted.item !== undefined) {
      window.setStatusBarMessage(t('{0} was not found. A macro may have made it.', wanted.item), STATUS_MS);
    }
    return;
  }
  await explainMissing(services, wanted.crate, missing, manifests.size);
}

async function explainMissing(
  { t }: Services,
  crate: string,
  missing: string | undefined,
  manifests: number,
): Promise<void> {
  if (missing !== undefined) {
    const message = t('The sources of {0} are not on this machine. “cargo fetch” downloads them.', missing);
    await window.showInformationMessage(message);
  } else if (manifests === 0) {
    await window.showInformationMessage(
      t('The sources of {0} are found through the crate of a runtime. None is known.', crate),
    );
  } else {
    await window.showInformationMessage(t('Neither the workspace nor its Cargo.lock has the crate {0}.', crate));
  }
}
