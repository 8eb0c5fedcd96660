import { join } from 'node:path';
import { omitUndefined } from '../base/omit-undefined.ts';
import { findNativeEngine } from '../toolchain/native-engine/find-engine.ts';
import type { BuiltInOptions } from '../worker/built-in/built-in-worker.ts';

export interface OwnBuiltIn extends Pick<BuiltInOptions, 'packageFolder' | 'packageVersion' | 'instances'> {
  readonly cacheFolder: string;
}

/** The built-in worker of a package as it is to be used here: with its store, and the native helper where one was built. */
export async function ownBuiltIn({ cacheFolder, ...own }: OwnBuiltIn): Promise<BuiltInOptions> {
  const { platform, arch } = process;
  const engineFolder = join(own.packageFolder, 'engine');
  const nativeEngine = await findNativeEngine({ cacheFolder, engineFolder, platform, arch });
  return { ...own, storeFolder: join(cacheFolder, 'functions'), ...omitUndefined({ nativeEngine }) };
}
