import type { Profile } from '../limits/profile.ts';
import { budgetItems, profileItems } from '../model/limit-item.ts';
import type { Budget } from '../model/measures.ts';
import type { Report } from '../model/report.ts';
import type { RuntimeBlob } from '../runtime/blob.ts';
import { buildVariant } from '../runtime/build-variant.ts';
import { inspectInThread } from '../runtime/inspect-in-thread.ts';
import { checkLimits, reportFrame, summarizeRuntime } from './assemble-report.ts';
import type { CheckOptions } from './check-runtime.ts';
import { codeFindings } from './findings/code-findings.ts';
import { limitFindings } from './findings/limit-findings.ts';
import { type JobSettings, jobFor } from './job.ts';

export interface InspectionOptions extends Pick<CheckOptions, 'tool' | 'signal'> {
  readonly profile: Profile;
  readonly settings: JobSettings;
  readonly budget?: Budget;
}

/** What the blob itself tells, against the limits of size. No worker is run. Rejects with the signal's reason when it is aborted. */
export async function inspectRuntime(blob: RuntimeBlob, options: InspectionOptions): Promise<Report> {
  const { profile, settings, budget, tool, signal } = options;
  const facts = await inspectInThread(blob.stored, profile.bombLimit, { signal });
  const runtime = summarizeRuntime({ blob, facts, variant: buildVariant(blob.path, blob.container) });
  const items = [
    ...profileItems({ runtime }, checkLimits(profile, jobFor(blob, profile, settings))),
    ...budgetItems({ runtime }, budget ?? {}),
  ];
  return {
    ...reportFrame(tool, runtime, profile, items),
    findings: [...limitFindings(items, undefined), ...codeFindings(facts)],
    verdict: { vote: 'undecided', reason: 'The blob was only looked into: no worker has prepared it.' },
  };
}
