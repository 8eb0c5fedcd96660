/** The JSON Schema of `pvf.json`: VS Code completes and validates the file with it. */
import type { JsonSchema } from '@valibot/to-json-schema';
import { configSchema } from '../../src/check/config/config-schema.ts';
import { configMemberNames, optionRow } from '../../src/check/options/check-options.ts';
import { ruleInfos } from '../../src/check/rules/index.ts';
import { severityRefusal, teamSeverities } from '../../src/check/severities.ts';
import { builtInProfiles } from '../../src/limits/profile.ts';
import { allowRefusals, type RuleInfo } from '../../src/model/rule-info.ts';
import { configSchemaUri } from '../../src/model/schema-uri.ts';
import { jsonSchemaOf } from './json-schema.ts';

export function configJsonSchema(): JsonSchema {
  const schema = jsonSchemaOf(configSchema, { id: configSchemaUri, title: 'Polkadot PVF: rules of a team' });
  const { properties = {} } = schema;
  const options = configMemberNames.map((name) => {
    const { value, member } = optionRow(name);
    return [name, { ...value.schema, description: member?.description }];
  });
  return {
    ...schema,
    properties: {
      ...properties,
      ...Object.fromEntries(options),
      profile: {
        ...optionRow('profile').value.schema,
        description: optionRow('profile').member?.description,
        examples: builtInProfiles.map(({ name }) => name),
      },
      allow: {
        type: 'array',
        uniqueItems: true,
        items: { enum: ruleInfos.filter(({ about }) => allowRefusals[about] === undefined).map(({ id }) => id) },
        description: optionRow('allow').member?.description,
      },
      findings: {
        type: 'object',
        description: 'The severity of findings, by id. `off` leaves a finding out.',
        properties: Object.fromEntries(ruleInfos.map((rule) => [rule.id, severityOf(rule)])),
        additionalProperties: false,
      },
    },
  };
}

function severityOf(rule: RuleInfo): JsonSchema | boolean {
  const known = teamSeverities.filter((severity) => severityRefusal(rule, severity) === undefined);
  return known.length === 0 ? false : { enum: known, description: rule.title };
}
