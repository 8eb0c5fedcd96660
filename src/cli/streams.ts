import type { Log } from '../base/log.ts';
import { printable } from '../report/terminal.ts';
import { type LogLevel, logLevels } from './options.ts';

/** Where the CLI writes: the report to `out`, all else to `err`. */
export interface Streams {
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
}

/** Writes and waits until the text is handed over: an exit right after would cut what a pipe has not taken yet. */
export function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      // A reader that has seen enough (`| head`) is no failure.
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') reject(error);
      else resolve();
    });
  });
}

/** A log on stderr, down to the level asked for. */
export function streamLog(stream: NodeJS.WritableStream, level: LogLevel, clearLine: () => void): Log {
  const line = (of: LogLevel) => (message: string) => {
    if (logLevels.indexOf(of) > logLevels.indexOf(level)) return;
    clearLine();
    // Paths and a worker's words come from outside.
    stream.write(`${of}: ${printable(message)}\n`);
  };
  return { error: line('error'), warn: line('warn'), info: line('info'), debug: line('debug') };
}

/** Colour on a terminal that takes it (https://no-color.org). */
export function wantsColour(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}
