import { window } from 'vscode';
import { runtimesView } from '../contributions.ts';
import type { Command } from './command.ts';

/** Looks for runtimes again. */
export const refresh: Command = (services) => async () =>
  window.withProgress({ location: { viewId: runtimesView } }, () => services.runtimes.refresh());
