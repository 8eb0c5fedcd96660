import { commands, type Disposable } from 'vscode';
import type { StateKey } from '../contributions.ts';
import { runtimeEntries, type Services } from '../services.ts';
import { onAnyChange } from './on-change.ts';

type Values = Readonly<Record<StateKey, unknown>>;

/** Keeps the context keys of package.json up to date. Sends changed values only. */
export function keepContextKeys(services: Services): Disposable {
  const sent = new Map<string, string>();
  return onAnyChange(services, () => {
    for (const [key, value] of Object.entries(valuesOf(services))) {
      const text = JSON.stringify(value);
      if (sent.get(key) === text) continue;
      sent.set(key, text);
      commands.executeCommand('setContext', key, value);
    }
  });
}

function valuesOf(services: Services): Values {
  const entries = runtimeEntries(services);
  return {
    'pvf.manifests': entries.flatMap(({ runtime: { manifestPath } }) =>
      manifestPath === undefined ? [] : [manifestPath],
    ),
    'pvf.unbuilt': services.runtimes.unbuilt.map(({ manifestPath }) => manifestPath),
    'pvf.state': services.runtimes.state,
    'pvf.hasRuntimes': entries.length > 0,
    'pvf.hasReports': entries.some(({ state }) => state.report?.outcome !== undefined),
    'pvf.running': entries.some(({ state }) => state.activity.kind !== 'idle'),
  };
}
