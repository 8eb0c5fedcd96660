import path from 'node:path';
import { Disposable, type DocumentSelector, LanguageStatusSeverity, languages, RelativePattern } from 'vscode';
import { languageStatusItem } from '../contributions.ts';
import type { Services } from '../services.ts';
import { onAnyChange } from './on-change.ts';
import { gradeText, titleOf } from './plain-text.ts';
import { progressText } from './progress-text.ts';
import type { RuntimeAtHand } from './runtime-at-hand.ts';
import { plainStatus, statusLine, statusText } from './status-text.ts';

/** In the language status of the Rust and TOML files of a runtime's crate. */
export function showLanguageStatus(services: Services, atHand: RuntimeAtHand): Disposable {
  const { runtimes, checks, t } = services;
  const item = languages.createLanguageStatusItem(languageStatusItem, []);
  item.name = 'Polkadot PVF';
  let crates = '';
  const update = () => {
    const folders = runtimes.all.flatMap(({ manifestPath }) =>
      manifestPath === undefined ? [] : [path.dirname(manifestPath)],
    );
    if (folders.join('\n') !== crates) {
      crates = folders.join('\n');
      item.selector = folders.flatMap(filesOf);
    }
    const runtime = atHand.current;
    if (runtime === undefined) return;
    const state = checks.stateOf(runtime.id);
    const { activity, report, problem } = state;
    const status = statusText(runtime, state, Date.now(), t);
    // A busy item spins by itself.
    item.busy = activity.kind === 'running';
    item.text = item.busy ? plainStatus(status) : statusLine(status);
    item.detail = [
      titleOf(runtime, state),
      activity.kind === 'running'
        ? progressText(activity, Date.now(), t)
        : (problem?.message ?? (report && gradeText(report, t)) ?? t('not checked yet')),
    ].join(': ');
    item.severity = {
      none: LanguageStatusSeverity.Information,
      warning: LanguageStatusSeverity.Warning,
      error: LanguageStatusSeverity.Error,
    }[status.background];
    item.accessibilityInformation = { label: status.spoken };
    const target = [{ runtimeId: runtime.id }];
    item.command =
      activity.kind === 'running'
        ? { command: 'pvf.cancel', title: t('Cancel'), arguments: target }
        : { command: 'pvf.prepare', title: t('Prepare PVF'), arguments: target };
  };
  return Disposable.from(item, onAnyChange(services, update), atHand.onDidChange(update));
}

function filesOf(folder: string): Exclude<DocumentSelector, string> {
  return [{ scheme: 'file', pattern: new RelativePattern(folder, '**/*.{rs,toml}') }];
}
