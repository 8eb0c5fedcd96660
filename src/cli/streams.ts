import type { Log } from '../base/log.ts';
import { printable } from '../report/terminal.ts';
import { type LogLevel, logLevels } from './options.ts';

/** The CLI writes reports to `out`, and everything else to `err`. */
export interface Streams {
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
}

/** Resolves when the text is written. If the process exited earlier, a pipe could lose the end of the text. */
export function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      // A reader may close the pipe early (`| head`).
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') reject(error);
      else resolve();
    });
  });
}

/** Logs messages of the given level and above. */
export function streamLog(stream: NodeJS.WritableStream, level: LogLevel, clearLine: () => void): Log {
  const line = (messageLevel: LogLevel) => (message: string) => {
    if (logLevels.indexOf(messageLevel) > logLevels.indexOf(level)) return;
    clearLine();
    // Paths and worker output come from outside.
    stream.write(`${messageLevel}: ${printable(message)}\n`);
  };
  return { error: line('error'), warn: line('warn'), info: line('info'), debug: line('debug') };
}

/** Does the terminal support colour? See https://no-color.org. */
export function wantsColour(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}
