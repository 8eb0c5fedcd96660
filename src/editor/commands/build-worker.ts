import { tasks, window } from 'vscode';
import { buildWorkerTask } from '../tasks/build-worker-task.ts';
import type { Command } from './command.ts';

/** Polkadot's own worker, or the native helper of the built-in one, in a terminal that the person sees. */
export const buildWorker: Command = (services) => async () => {
  const { t } = services;
  const official = t('Official Worker');
  const helper = t('Native Helper');
  // Polkadot's worker needs Unix sockets and fork.
  const isWindows = process.platform === 'win32';
  const lines = [
    isWindows
      ? t("Polkadot's own prepare worker does not run on Windows; it can be built and used in WSL.")
      : t(
          "Official worker: Polkadot's own, from its published crates, with cargo (1.89 or newer) and a C compiler. It takes 2.5 GB of disk and, on two cores, 8 to 25 minutes, once.",
        ),
    t(
      'Native helper: a smaller build that makes the built-in worker faster, with measured figures instead of estimates.',
    ),
    t('Nothing is installed outside the cache folder of this extension.'),
  ];
  const answer = await window.showInformationMessage(
    t('Build a prepare worker?'),
    { modal: true, detail: lines.join('\n\n') },
    ...(isWindows ? [helper] : [official, helper]),
  );
  if (answer === official) await tasks.executeTask(buildWorkerTask(services, 'worker'));
  if (answer === helper) await tasks.executeTask(buildWorkerTask(services, 'engine'));
};
