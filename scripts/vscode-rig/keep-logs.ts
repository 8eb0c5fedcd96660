import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { logsFolder } from './folders.ts';

/** The logs of a run of VS Code, relative to its folder. */
const logs = [
  'server.log',
  'console.log',
  'end.png',
  'results.json',
  'results.json.running',
  'user/logs',
  'server/data/logs',
];

/** Copies the logs of a run to a folder that stays, and returns that folder. */
export async function keepLogs(folder: string, name: string): Promise<string> {
  const kept = path.join(logsFolder, `${name}-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`);
  await mkdir(kept, { recursive: true });
  for (const one of logs) {
    // Not every run writes all of them.
    await cp(path.join(folder, one), path.join(kept, one), { recursive: true }).catch(() => {});
  }
  return kept;
}
