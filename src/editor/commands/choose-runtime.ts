import path from 'node:path';
import type { Runtime } from '../model.ts';
import type { Services } from '../services.ts';
import { explainNone, explainNoRuntimeOf, pickFile } from './no-runtime.ts';
import { pickRuntime } from './pick-runtime.ts';
import { searched } from './searched.ts';
import { targetOf } from './target.ts';

/** The runtime that a command is about; asks where it is not clear. Undefined when the person was told why, or gave up. */
export async function chooseRuntime(
  services: Services,
  argument: unknown,
  title: string,
): Promise<Runtime | undefined> {
  const target = targetOf(argument);
  switch (target.kind) {
    case 'runtime':
      return services.runtimes.byId(target.id) ?? chooseAmong(services, await searched(services), title);
    case 'file':
      return ofFile(services, target.path, title);
    case 'none':
      return chooseAmong(services, await searched(services), title);
  }
}

async function ofFile(services: Services, file: string, title: string): Promise<Runtime | undefined> {
  if (path.basename(file) === 'Cargo.toml') {
    const ofCrate = (await searched(services)).filter(({ manifestPath }) => manifestPath === file);
    return ofCrate.length === 0 ? explainNoRuntimeOf(services, file) : chooseAmong(services, ofCrate, title);
  }
  const known = services.runtimes.all.find(({ blob }) => blob.path === file);
  return known ?? pickFile(services, file);
}

async function chooseAmong(
  services: Services,
  runtimes: readonly Runtime[],
  title: string,
): Promise<Runtime | undefined> {
  const [first, second] = runtimes;
  if (first === undefined) return explainNone(services);
  return second === undefined ? first : pickRuntime(services, runtimes, title);
}
