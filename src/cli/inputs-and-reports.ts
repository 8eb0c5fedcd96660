import { ruleInfos } from '../check/rules/index.ts';
import type { Report } from '../model/report.ts';
import { formatReports } from '../report/format.ts';
import { type RuntimeBlob, readRuntime } from '../runtime/blob.ts';
import { InputError } from '../runtime/input-error.ts';
import type { CliContext } from './context.ts';
import { writeNamed } from './named-file.ts';
import { formatOf, type Options } from './options.ts';
import { wantsColour, write } from './streams.ts';

/** Reads all files. Logs errors about those that can't be read. */
export async function readAll(files: readonly string[], { environment, signal }: CliContext) {
  const blobs: RuntimeBlob[] = [];
  for (const file of files) {
    try {
      blobs.push(await readRuntime(file, { signal }));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      environment.log.error(`${error.message} ${error.remedy}`);
    }
  }
  return { blobs, unreadable: files.length - blobs.length };
}

/**
 * Writes the reports to standard output or to the file of `--output`.
 * @param isList the user named several runtimes, even if not all could be read
 */
export async function deliver(
  reports: readonly Report[],
  isList: boolean,
  options: Options<'json' | 'format' | 'output' | 'verbose'>,
  { streams, progress, environment }: CliContext,
): Promise<void> {
  progress.clear();
  const { output, verbose = false } = options;
  const colour = output === undefined && wantsColour(streams.out, environment.processEnv);
  const text = formatReports(reports, formatOf(options), { colour, verbose, isList, rules: ruleInfos });
  await (output === undefined ? write(streams.out, text) : writeNamed('--output', output, text));
}
