import { commands, type Disposable } from 'vscode';
import type { ContextKey } from '../contributions.ts';
import type { Services } from '../services.ts';
import { allKnown } from './known.ts';
import { onAnyChange } from './on-change.ts';

type Values = Readonly<Record<ContextKey, unknown>>;

/** Keeps the context keys that package.json asks for; sends only what changed. */
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
  const known = allKnown(services);
  return {
    'pvf.manifests': known.flatMap(({ runtime: { manifestPath } }) =>
      manifestPath === undefined ? [] : [manifestPath],
    ),
    'pvf.state': services.runtimes.state,
    'pvf.hasRuntimes': known.length > 0,
    'pvf.running': known.some(({ state }) => state.activity.kind === 'running'),
  };
}
