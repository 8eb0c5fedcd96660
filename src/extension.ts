import { type ExtensionContext, LogLevel, l10n, Uri, window } from 'vscode';
import { createApi, type PvfApi } from './editor/api.ts';
import { Checks } from './editor/checks.ts';
import { connect } from './editor/connect.ts';
import { Runtimes } from './editor/discovery/runtimes.ts';
import type { Services } from './editor/services.ts';
import { explainingLog } from './editor/views/output.ts';

/** Builds the services and connects them to the contributions. Does not wait for the search for runtimes. */
export function activate(context: ExtensionContext): PvfApi {
  const channel = window.createOutputChannel('Polkadot PVF', { log: true });
  const log = explainingLog(channel);
  const runtimes = new Runtimes(log);
  const isVerbose = () => channel.logLevel !== LogLevel.Off && channel.logLevel <= LogLevel.Debug;
  const checks = new Checks({ context, runtimes, log, isVerbose });
  const services: Services = { context, channel, runtimes, checks, t: l10n.t };
  context.subscriptions.push(channel, runtimes, checks, ...connect(services));
  const { version } = context.extension.packageJSON as { readonly version: string };
  return createApi(services, version, Uri.file);
}
