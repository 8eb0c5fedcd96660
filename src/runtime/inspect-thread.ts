/** The program of the thread that `inspectInThread` starts. It has its own bundle. */
import { parentPort, workerData } from 'node:worker_threads';
import { inspect } from './inspect.ts';
import type { InspectRequest } from './inspect-in-thread.ts';

const { stored, bombLimit, ...options } = workerData as InspectRequest;

void inspect(stored, bombLimit, options).then((facts) => parentPort?.postMessage(facts));
