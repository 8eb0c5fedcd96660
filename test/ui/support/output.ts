import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The text of an output channel. VS Code writes each to a file in its logs, a plain channel as `<n>-<name>.log`, a log
 * channel as `<name>.log`; the view shows only the lines that fit.
 */
export function outputOf(logs: string, channel: string): string {
  if (!existsSync(logs)) return '';
  const isOfChannel = (file: string) => path.basename(file).replace(/^\d+-/, '') === `${channel}.log`;
  const files = readdirSync(logs, { recursive: true, encoding: 'utf8' }).filter(isOfChannel).sort();
  return files.map((file) => readFileSync(path.join(logs, file), 'utf8')).join('');
}
