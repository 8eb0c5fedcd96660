import type { Disposable } from 'vscode';
import type { Services } from '../services.ts';
import { outputBlock } from './output-block.ts';

/** Writes every check's result to the log channel; one line is enough for what stands there already. */
export function logChecks({ checks, channel }: Pick<Services, 'checks' | 'channel'>): Disposable {
  const written = new Map<string, string>();
  return checks.onDidFinish(({ runtime, state: { report, previous, problem }, isKnown }) => {
    if (problem !== undefined) {
      channel.warn(`${runtime.name}: ${problem.message}${problem.remedy === undefined ? '' : ` ${problem.remedy}`}`);
      return;
    }
    if (report === undefined) return;
    if (isKnown && written.get(runtime.id) === report.createdAt) {
      channel.info(`${runtime.name}: ${report.verdict.vote}, as before; the blob did not change.`);
      return;
    }
    written.set(runtime.id, report.createdAt);
    const block = `\n${outputBlock(report, previous)}`;
    if (report.verdict.vote === 'reject') channel.error(block);
    else channel.info(block);
  });
}
