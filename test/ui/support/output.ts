import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The text of an output channel, from its log file: `<n>-<name>.log` for a plain channel, `<name>.log` for a log channel. The
 * view contains only the visible lines.
 */
export function outputOf(logs: string, channel: string): string {
  if (!existsSync(logs)) return '';
  const isOfChannel = (file: string) => path.basename(file).replace(/^\d+-/, '') === `${channel}.log`;
  const files = readdirSync(logs, { recursive: true, encoding: 'utf8' }).filter(isOfChannel).sort();
  return files.map((file) => readFileSync(path.join(logs, file), 'utf8')).join('');
}
