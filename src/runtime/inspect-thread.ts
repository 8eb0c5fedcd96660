/** The program of the thread that `inspectInThread` starts. It has its own bundle. */
import { parentPort, workerData } from 'node:worker_threads';
import { inspect } from './inspect.ts';
import type { InspectRequest } from './inspect-in-thread.ts';

const { stored, bombLimit, sizes } = workerData as InspectRequest;

void inspect(stored, bombLimit, sizes && { sizes }).then((facts) => parentPort?.postMessage(facts));
