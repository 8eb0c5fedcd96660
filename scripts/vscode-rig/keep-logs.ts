import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { logsFolder } from './folders.ts';

/** What tells of a run of VS Code, in the folder that was its own. */
const told = [
  'server.log',
  'console.log',
  'end.png',
  'results.json',
  'results.json.running',
  'user/logs',
  'server/data/logs',
];

/** Copies the logs of a run to where they stay, and returns that folder. */
export async function keepLogs(folder: string, name: string): Promise<string> {
  const kept = path.join(logsFolder, `${name}-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`);
  await mkdir(kept, { recursive: true });
  for (const one of told) {
    // Some are written only when it comes to that.
    await cp(path.join(folder, one), path.join(kept, one), { recursive: true }).catch(() => {});
  }
  return kept;
}
