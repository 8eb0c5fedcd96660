import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';

/**
 * Replaces locations in the bundle by locations in the sources. The extension host writes stack traces without source
 * maps.
 * @param folder the folder of the bundled suite, which has the source maps
 */
export function withSourceLocations(stack: string, folder: string, root: string): string {
  const location = new RegExp(`[^\\s(]*${path.basename(folder)}/([^\\s:]+\\.js):(\\d+):(\\d+)`, 'g');
  return stack.replaceAll(location, (whole, bundle: string, line: string, column: string) => {
    const map = path.join(folder, `${bundle}.map`);
    if (!existsSync(map)) return whole;
    const entry = new SourceMap(JSON.parse(readFileSync(map, 'utf8'))).findEntry(Number(line) - 1, Number(column) - 1);
    if (!('originalSource' in entry)) return whole;
    const source = path.resolve(path.dirname(map), entry.originalSource);
    return `${path.relative(root, source)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}
