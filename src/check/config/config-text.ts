import { configSchemaUri } from '../../model/schema-uri.ts';
import type { TeamBudget } from '../../model/team-budget.ts';

export interface NewConfig {
  readonly runtimes: readonly string[];
  readonly profile: string;
  readonly budget?: TeamBudget;
}

export function newConfigText({ runtimes, profile, budget }: NewConfig): string {
  const value = {
    $schema: configSchemaUri,
    ...(runtimes.length > 0 && { runtimes }),
    profile,
    ...(budget !== undefined && { budget }),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
