export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** The parts of the environment that determine where programs and folders are on a machine. */
export interface HostEnvironment {
  readonly env: EnvironmentVariables;
  readonly platform: NodeJS.Platform;
}
