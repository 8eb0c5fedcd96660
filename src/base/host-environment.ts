import path from 'node:path';

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** The parts of the environment that determine where programs and folders are on a machine. */
export interface HostEnvironment {
  readonly env: EnvironmentVariables;
  readonly platform: NodeJS.Platform;
}

/** The path in a variable. Undefined if it is not absolute: a relative one would depend on the current directory. */
export function absolutePathIn({ platform, env }: HostEnvironment, name: string): string | undefined {
  const value = env[name];
  const { isAbsolute } = platform === 'win32' ? path.win32 : path.posix;
  return value !== undefined && isAbsolute(value) ? value : undefined;
}
