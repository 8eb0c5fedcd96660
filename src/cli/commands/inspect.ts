import { inspectRuntime } from '../../check/inspect-runtime.ts';
import { loadBudget } from '../../limits/budget.ts';
import { defaultProfileName } from '../../limits/profile.ts';
import { loadProfile } from '../../limits/profile-file.ts';
import type { Report } from '../../model/report.ts';
import { command, commonOptions, reportOptions } from '../command.ts';
import { ExitCode, exitCodeOfInspections } from '../exit-code.ts';
import { deliver, readAll } from '../inputs-and-reports.ts';

export const inspect = command({
  name: 'inspect',
  summary: 'report what the blobs themselves tell; no worker runs',
  arguments: '<file...>',
  options: [...reportOptions, 'profile', 'budget', ...commonOptions],
  examples: [
    ['pvf inspect --json my_runtime.compact.compressed.wasm', 'sizes, code hash, version and findings as JSON'],
  ],
  run: async (files, options, context) => {
    const profile = await loadProfile(options.profile ?? defaultProfileName);
    const budget = options.budget === undefined ? undefined : await loadBudget(options.budget);
    const { blobs, unreadable } = await readAll(files, context);
    if (blobs.length === 0) return ExitCode.usage;
    const { name, version } = context.package;
    const reports: Report[] = [];
    for (const blob of blobs) {
      const common = {
        profile,
        settings: { kind: 'precheck' } as const,
        tool: { name, version },
        signal: context.signal,
      };
      reports.push(await inspectRuntime(blob, { ...common, ...(budget && { budget }) }));
    }
    await deliver(reports, files.length > 1, options, context);
    return unreadable > 0 ? ExitCode.usage : exitCodeOfInspections(reports);
  },
});
