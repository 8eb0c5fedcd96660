import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { amountText } from '../../model/figure-text.ts';
import { amountOf } from '../../model/figures.ts';
import { type HistoryEntry, type PinChoice, type RuntimeHistory, shortCommit } from '../../model/history.ts';
import { measuresForReading } from '../../model/measures.ts';
import type { Report } from '../../model/report.ts';
import { localTime } from '../../report/local-time.ts';
import type { Services } from '../services.ts';
import { titleOf } from '../views/labels.ts';
import { chooseRuntime } from './choose-runtime.ts';
import type { Command } from './command.ts';

/** More would make a list that nobody reads. */
const MAX_RESULTS = 50;
const STATUS_MS = 6000;

interface BaselineItem extends QuickPickItem {
  readonly choose?: () => Promise<PinChoice | undefined>;
}

/** Chooses what all results of a runtime are compared with. */
export const pinBaseline: Command = (services) => async (target) => {
  const { t, checks } = services;
  const runtime = await chooseRuntime(services, target, t('Pin Baseline'));
  if (runtime === undefined) return;
  const state = checks.stateOf(runtime.id);
  const title = t('Pin a baseline for {0}', titleOf(runtime, state));
  const items = baselineItems(services, state.history, state.report);
  const placeHolder = t('What should all its results be compared with?');
  const picked = await window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  const choice = await picked?.choose?.();
  if (choice === undefined) return;
  await checks.pinBaseline(runtime, choice);
  const { reference } = checks.stateOf(runtime.id);
  const text = reference === undefined ? t('Nothing to compare with yet.') : t('Shows changes {0}.', reference.text);
  window.setStatusBarMessage(text, STATUS_MS);
};

function baselineItems(
  services: Services,
  history: RuntimeHistory | undefined,
  report: Report | undefined,
): readonly BaselineItem[] {
  const { t } = services;
  const entries = [...(history?.entries ?? [])].reverse();
  const current = entries.find(({ runtime }) => runtime.codeHash === report?.runtime.codeHash);
  const others = entries.filter((entry) => entry !== current).slice(0, MAX_RESULTS);
  return [
    ...(current === undefined ? [] : [{ ...entryItem(current), label: `$(pass) ${t('This Result')}` }]),
    { label: `$(link) ${t('The Release on Chain…')}`, choose: () => chooseFile(services, 'chain') },
    { label: `$(file) ${t('A Report or a Blob…')}`, choose: () => chooseFile(services, 'build') },
    { label: `$(history) ${t('The Previous Build (None Pinned)')}`, choose: async () => ({ kind: 'none' }) },
    ...(others.length === 0 ? [] : [{ label: t('Earlier results'), kind: QuickPickItemKind.Separator }]),
    ...others.map(entryItem),
  ];
}

function entryItem(entry: HistoryEntry): BaselineItem {
  const { at, git } = entry;
  const figures = measuresForReading.flatMap((measure) => {
    const amount = amountOf(measure, entry);
    return amount === undefined ? [] : [`${measure.name} ${amountText(amount)}`];
  });
  return {
    label: git === undefined ? localTime(at) : `$(git-commit) ${shortCommit(git)}`,
    description: [git?.branch, git === undefined ? undefined : localTime(at)].filter(Boolean).join(' · '),
    detail: figures.join(', '),
    choose: async () => ({ kind: 'entry', at }),
  };
}

async function chooseFile({ t }: Services, is: 'build' | 'chain'): Promise<PinChoice | undefined> {
  const picked = await window.showOpenDialog({
    title: is === 'chain' ? t('Pick the code of the release on chain') : t('Pick a report or a runtime blob'),
    openLabel: t('Pin'),
    canSelectMany: false,
    filters: { [t('Reports and runtime blobs')]: ['json', 'wasm', 'hex', 'txt'], [t('All files')]: ['*'] },
  });
  const path = picked?.[0]?.fsPath;
  return path === undefined ? undefined : { kind: 'file', path, is };
}
