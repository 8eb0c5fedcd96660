import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';

/**
 * Says in a stack trace where in the sources it was. (The extension host makes its own stack traces and knows no source
 * maps.)
 * @param folder of the bundled suite, which is named in the trace and has the source maps
 */
export function withSourcePlaces(stack: string, folder: string, root: string): string {
  const place = new RegExp(`[^\\s(]*${path.basename(folder)}/([^\\s:]+\\.js):(\\d+):(\\d+)`, 'g');
  return stack.replaceAll(place, (whole, bundle: string, line: string, column: string) => {
    const map = path.join(folder, `${bundle}.map`);
    if (!existsSync(map)) return whole;
    const entry = new SourceMap(JSON.parse(readFileSync(map, 'utf8'))).findEntry(Number(line) - 1, Number(column) - 1);
    if (!('originalSource' in entry)) return whole;
    const source = path.resolve(path.dirname(map), entry.originalSource);
    return `${path.relative(root, source)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}
