import { writeSync } from 'node:fs';
import type { Log } from '../../base/log.ts';

const TARGET = 'parachain::pvf-prepare-worker';
const levels = ['off', 'error', 'warn', 'info', 'debug', 'trace'];

/** Logs to stderr in the plain format of Rust's tracing, filtered by directives in the form of `RUST_LOG`. */
export function tracingLog(directives: string, write: (line: string) => void = writeToStderr): Log {
  const most = levelFor(TARGET, directives);
  const at = (name: string) => (message: string) => {
    if (levels.indexOf(name) > most) return;
    for (const line of message.split('\n')) write(`${now()} ${name.toUpperCase().padStart(5)} ${TARGET}: ${line}\n`);
  };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

/** Index in `levels` of the directive with the longest matching prefix. Errors are always logged. */
function levelFor(target: string, directives: string): number {
  const errors = levels.indexOf('error');
  let best = { length: -1, level: errors };
  for (const directive of directives.split(',').map((text) => text.trim())) {
    const parsed = parseDirective(directive);
    if (parsed === undefined || !target.startsWith(parsed.prefix) || parsed.prefix.length < best.length) continue;
    best = { length: parsed.prefix.length, level: parsed.level };
  }
  return Math.max(best.level, errors);
}

/** `level`, `target=level`, or `target` alone, which means everything. */
function parseDirective(text: string): { prefix: string; level: number } | undefined {
  if (text === '') return undefined;
  const [prefix = '', name] = text.split('=');
  const global = levels.indexOf(prefix.toLowerCase());
  if (name === undefined) return global < 0 ? { prefix, level: levels.length } : { prefix: '', level: global };
  const level = levels.indexOf(name.toLowerCase());
  return level < 0 ? undefined : { prefix, level };
}

/** RFC 3339 with microseconds. */
function now(): string {
  const micros = Math.floor((performance.timeOrigin + performance.now()) * 1000);
  const rest = String(micros % 1000).padStart(3, '0');
  return new Date(Math.floor(micros / 1000)).toISOString().replace('Z', `${rest}Z`);
}

/** Writes synchronously, because the process may exit next. The line is lost if stderr is closed. */
function writeToStderr(line: string): void {
  try {
    writeSync(2, line);
  } catch {}
}
