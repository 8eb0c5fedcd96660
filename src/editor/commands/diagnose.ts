import { arch, homedir, platform, release } from 'node:os';
import { env, ProgressLocation, version, window, workspace } from 'vscode';
import { settingKeys } from '../core/editor-settings.ts';
import { runtimeEntries } from '../services.ts';
import { openText } from '../views/documents.ts';
import type { Command, CommandServices } from './command.ts';

export const showLog: Command =
  ({ channel }) =>
  async () =>
    channel.show(true);

/** Opens a document to paste into a bug report. */
export const diagnose: Command = (services) => async () => {
  const { t, checks, documents } = services;
  const options = {
    location: ProgressLocation.Notification,
    title: t('Inspecting the workers and this machine'),
  };
  const workers = await window.withProgress(options, () => checks.queries.diagnose());
  const text = ['# Polkadot PVF: diagnostics', environment(services), settings(), runtimes(services), workers].join(
    '\n\n',
  );
  await openText(documents.create('PVF diagnostics.md', `${withoutHome(text).trimEnd()}\n`));
};

function environment({ context }: CommandServices): string {
  const manifest = context.extension.packageJSON as { readonly version?: unknown };
  return section('Environment', [
    `Polkadot PVF ${String(manifest.version)}`,
    `VS Code ${version}, ${env.appHost}${env.remoteName === undefined ? '' : `, remote: ${env.remoteName}`}`,
    `Node ${process.versions.node}, ${platform()} ${release()} ${arch()}`,
    `Workspace folders: ${workspace.workspaceFolders?.length ?? 0}, ${workspace.isTrusted ? 'trusted' : 'not trusted'}`,
  ]);
}

function settings(): string {
  const configuration = workspace.getConfiguration('pvf');
  const changed = settingKeys.flatMap((key) => {
    const { defaultValue } = configuration.inspect(key) ?? {};
    const value: unknown = configuration.get(key);
    return JSON.stringify(value) === JSON.stringify(defaultValue) ? [] : [`pvf.${key}: ${JSON.stringify(value)}`];
  });
  return section('Changed settings', changed.length === 0 ? ['none'] : changed);
}

function runtimes(services: CommandServices): string {
  const lines = runtimeEntries(services).map(({ runtime, state: { report, problem } }) => {
    const result =
      problem?.message ??
      (report === undefined ? 'not checked' : `${report.conclusion.status}: ${report.conclusion.reason}`);
    return `${runtime.name}: ${runtime.blob.path} (${runtime.blob.bytes} B), ${result}`;
  });
  return section(`Runtimes (${services.runtimes.state})`, lines.length === 0 ? ['none'] : lines);
}

function section(title: string, lines: readonly string[]): string {
  return `## ${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

/** Keeps the user's name out of bug reports. */
function withoutHome(text: string): string {
  const home = homedir();
  return home.length > 1 ? text.replaceAll(home, '~') : text;
}
