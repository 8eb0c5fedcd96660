import { bundleLocation } from '../../base/bundles.ts';
import type { HostMetrics } from './metrics.ts';

/** Loads the metrics, an observer, from their own bundle. Rejects when that file is missing. */
export async function loadMetrics(): Promise<HostMetrics> {
  const loaded = (await import(bundleLocation('metrics').href)) as typeof import('./metrics.ts');
  return new loaded.HostMetrics();
}
