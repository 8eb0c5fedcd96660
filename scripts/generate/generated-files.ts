/** Every file of the repository that `npm run generate` generates from other files. */
import { budgetSchema } from '../../src/limits/budget.ts';
import { profileSchema } from '../../src/limits/profile-schema.ts';
import { apiTypes } from './api-types.ts';
import { configJsonSchema } from './config-schema.ts';
import { configurationPage } from './configuration-page.ts';
import { exitStatusPage } from './exit-status-page.ts';
import { findingsPage } from './findings-page.ts';
import { jsonSchemaOf, jsonText } from './json-schema.ts';
import { manifestWithConfiguration } from './manifest-configuration.ts';
import { comparisonJsonSchema, entryJsonSchema, upgradeJsonSchema } from './report-schema.ts';
import { ruleInputsPage } from './rule-inputs-page.ts';
import { translatableTexts } from './translatable-texts.ts';
import { workerErrorsPage } from './worker-errors-page.ts';

export interface GeneratedFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: () => string;
}

export const generatedFiles: readonly GeneratedFile[] = [
  { path: 'package.json', text: manifestWithConfiguration },
  { path: 'media/report.schema.json', text: () => jsonText(entryJsonSchema) },
  {
    path: 'media/profile.schema.json',
    text: () =>
      jsonText(jsonSchemaOf(profileSchema, { id: 'urn:polkadot-pvf:profile', title: 'Polkadot PVF limit profile' })),
  },
  {
    path: 'media/budget.schema.json',
    text: () => jsonText(jsonSchemaOf(budgetSchema, { id: 'urn:polkadot-pvf:budget', title: 'Polkadot PVF budget' })),
  },
  { path: 'media/pvf.schema.json', text: () => jsonText(configJsonSchema()) },
  { path: 'media/comparison.schema.json', text: () => jsonText(comparisonJsonSchema) },
  { path: 'media/upgrade.schema.json', text: () => jsonText(upgradeJsonSchema) },
  { path: 'media/api.d.ts', text: apiTypes },
  { path: 'docs/configuration.md', text: configurationPage },
  { path: 'docs/exit-status.md', text: exitStatusPage },
  { path: 'docs/findings.md', text: findingsPage },
  { path: 'docs/rule-inputs.md', text: ruleInputsPage },
  { path: 'docs/worker-errors.md', text: workerErrorsPage },
  { path: 'l10n/bundle.l10n.json', text: translatableTexts },
];
