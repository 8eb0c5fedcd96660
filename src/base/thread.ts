import { Worker, type WorkerOptions } from 'node:worker_threads';
import { type BundleName, bundleLocation, runsFromSource } from './bundles.ts';

/** Starts a thread from its bundle, or from its entry file when this code runs from src/. */
export function startThread(name: BundleName, options: WorkerOptions): Worker {
  const location = bundleLocation(name);
  if (!runsFromSource) return new Worker(location, options);
  // Each thread must register tsx itself.
  const program = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(location.href)}); });`;
  return new Worker(program, { ...options, eval: true });
}
