import * as v from 'valibot';
import { parseJson } from '../../base/schema.ts';

/** One piece of cargo's stderr. */
export type CargoEvent =
  | {
      readonly kind: 'progress';
      /** Finished units: crates, build scripts and their runs. */
      readonly done: number;
      readonly total: number;
      /** One of those being built. */
      readonly crate?: string;
    }
  /** The next piece overwrites it: `Downloading 12 crates, remaining bytes: 1.2MiB`. */
  | { readonly kind: 'status'; readonly text: string }
  | { readonly kind: 'line'; readonly text: string };

/** `    Building [=======>      ] 12/418: serde(build.rs), syn   `, redrawn on one line. */
const progressBar = /^\s*Building \[[=> ]*\] (\d+)\/(\d+)(?:: ([^\s,(]+).*)?\s*$/;

/** The terminal width for cargo: enough for a bar, the count and some names. */
export const progressWidth = 100;

/** Parses cargo's stderr, in chunks of any size. */
export class CargoOutput {
  private rest = '';

  push(chunk: string): CargoEvent[] {
    const parts = (this.rest + chunk).split(/(?<=[\r\n])/);
    this.rest = /[\r\n]$/.test(parts.at(-1) ?? '') ? '' : (parts.pop() ?? '');
    return parts.flatMap(read);
  }

  /** The last line, if the stream ended without a line break. */
  end(): CargoEvent[] {
    const { rest } = this;
    this.rest = '';
    return read(rest);
  }
}

function read(part: string): CargoEvent[] {
  const text = part.trimEnd();
  if (text === '') return [];
  const [, done, total, crate] = progressBar.exec(text) ?? [];
  if (done === undefined || total === undefined) return [{ kind: part.endsWith('\r') ? 'status' : 'line', text }];
  return [{ kind: 'progress', done: Number(done), total: Number(total), ...(crate === undefined ? {} : { crate }) }];
}

const programSchema = v.object({ target: v.object({ name: v.string() }), executable: v.string() });

/**
 * Reads the path of the built program from a line of `--message-format=json`; undefined for every other line. The path
 * depends on the user's configuration, such as the target triple.
 */
export function builtProgram(line: string, name: string): string | undefined {
  if (!line.startsWith('{"reason":"compiler-artifact"')) return undefined;
  const built = parseJson(programSchema, line);
  return built?.target.name === name ? built.executable : undefined;
}
