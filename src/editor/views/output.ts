import type { Disposable } from 'vscode';
import type { Report } from '../../check/report.ts';
import type { Services } from '../services.ts';
import { outputBlock } from './output-block.ts';

/** Writes every job's result to the log channel, once. */
export function logJobs({ checks, channel }: Pick<Services, 'checks' | 'channel'>): Disposable {
  const written = new WeakSet<Report>();
  return checks.onDidChange(({ runtime, state }) => {
    const { activity, report, previous, problem } = state;
    if (activity.kind === 'running') return;
    if (problem !== undefined) {
      channel.warn(`${runtime.name}: ${problem.message}${problem.remedy === undefined ? '' : ` ${problem.remedy}`}`);
    }
    if (report === undefined || !state.isCurrent || written.has(report)) return;
    written.add(report);
    const block = `\n${outputBlock(report, previous)}`;
    if (report.verdict.vote === 'reject') channel.error(block);
    else channel.info(block);
  });
}
