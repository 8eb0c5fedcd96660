import { arch, homedir, platform, release } from 'node:os';
import { env, ProgressLocation, version, window, workspace } from 'vscode';
import { settingKeys } from '../contributions.ts';
import { runtimeEntries } from '../services.ts';
import type { Command, CommandServices } from './command.ts';
import { openText } from './reports.ts';

export const showLog: Command =
  ({ channel }) =>
  async () =>
    channel.show(true);

/** Opens a document to paste into a bug report. */
export const diagnose: Command = (services) => async () => {
  const { t, checks, documents } = services;
  const options = {
    location: ProgressLocation.Notification,
    title: t('Asking the workers found for their version and sandbox'),
  };
  const workers = await window.withProgress(options, () => checks.diagnose());
  const text = [`# Polkadot PVF: diagnosis`, environment(services), settings(), runtimes(services), workers].join(
    '\n\n',
  );
  await openText(documents.give('PVF diagnosis.md', `${withoutHome(text).trimEnd()}\n`));
};

function environment({ context }: CommandServices): string {
  const manifest = context.extension.packageJSON as { readonly version?: unknown };
  return section('Environment', [
    `Polkadot PVF ${String(manifest.version)}`,
    `VS Code ${version}, ${env.appHost}${env.remoteName === undefined ? '' : `, remote: ${env.remoteName}`}`,
    `Node ${process.versions.node}, ${platform()} ${release()} ${arch()}`,
    `Folders in the workspace: ${workspace.workspaceFolders?.length ?? 0}, ${workspace.isTrusted ? 'trusted' : 'not trusted'}`,
  ]);
}

function settings(): string {
  const configuration = workspace.getConfiguration('pvf');
  const changed = settingKeys.flatMap((key) => {
    const { defaultValue } = configuration.inspect(key) ?? {};
    const value: unknown = configuration.get(key);
    return JSON.stringify(value) === JSON.stringify(defaultValue) ? [] : [`pvf.${key}: ${JSON.stringify(value)}`];
  });
  return section('Settings that are not the default', changed.length === 0 ? ['none'] : changed);
}

function runtimes(services: CommandServices): string {
  const lines = runtimeEntries(services).map(({ runtime, state: { report, problem } }) => {
    const result =
      problem?.message ?? (report === undefined ? 'not checked' : `${report.verdict.vote}: ${report.verdict.reason}`);
    return `${runtime.name}: ${runtime.blob.path} (${runtime.blob.bytes} B), ${result}`;
  });
  return section(`Runtimes (${services.runtimes.state})`, lines.length === 0 ? ['none'] : lines);
}

function section(title: string, lines: readonly string[]): string {
  return `## ${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

/** A bug report should not name the user. */
function withoutHome(text: string): string {
  const home = homedir();
  return home.length > 1 ? text.replaceAll(home, '~') : text;
}
