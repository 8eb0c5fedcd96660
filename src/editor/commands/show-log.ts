import type { Command } from './command.ts';

export const showLog: Command =
  ({ channel }) =>
  async () =>
    channel.show(true);
