export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** What decides, apart from files, where things are on a machine. */
export interface HostEnvironment {
  readonly env: EnvironmentVariables;
  readonly platform: NodeJS.Platform;
}
