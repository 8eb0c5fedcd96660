/** The schema of `pvf.json`. */
import * as v from 'valibot';
import { budgetSchema } from '../../limits/budget.ts';
import { configObject, nonEmptyText } from '../../limits/config-schema.ts';
import { type ConfigMemberName, configMemberNames, type OptionValues, optionRow } from '../options/check-options.ts';
import { teamSeverities } from '../severities.ts';

export const configSchema = v.pipe(
  configObject({
    $schema: v.exactOptional(v.string('must be a string')),
    runtimes: v.exactOptional(
      v.pipe(
        names(),
        v.description(
          'The runtimes that `pvf prepare` checks when it gets no file: names of crates, and paths or globs of blobs, relative to this file.',
        ),
      ),
    ),
    exclude: v.exactOptional(
      v.pipe(names(), v.description('What `runtimes` finds and is not to be checked. Same form as `runtimes`.')),
    ),
    ...optionMembers(),
    budget: v.exactOptional(budgetSchema),
    findings: v.exactOptional(
      v.pipe(
        v.record(
          v.string(),
          v.picklist(teamSeverities, `must be one of ${teamSeverities.join(', ')}`),
          'must be an object with a severity for each finding',
        ),
        v.description('The severity of findings, by id. `off` leaves a finding out.'),
      ),
    ),
  }),
  v.description("A team's own rules: the same for everyone who builds, for the editor and for CI."),
);

/** Values of options, as `pvf.json` has them. */
type Members = { readonly [Name in ConfigMemberName]: v.GenericSchema<unknown, OptionValues[Name]> };

function optionMembers(): Members {
  return Object.fromEntries(configMemberNames.map((name) => [name, memberOf(name)])) as unknown as Members;
}

/** `jsonSchemaOf` can't describe it: the generator adds the schema of the value. */
function memberOf(name: ConfigMemberName) {
  const { value: kind, member } = optionRow(name);
  return v.exactOptional(
    v.pipe(
      v.unknown(),
      v.description(member?.description ?? ''),
      v.rawTransform(({ dataset, addIssue, NEVER }): unknown => {
        const value = kind.readJson(dataset.value);
        if (value !== undefined) return value;
        addIssue({ message: `must be ${kind.rule}, not ${shortJson(dataset.value)}` });
        return NEVER;
      }),
    ),
  );
}

function names() {
  return v.array(nonEmptyText(), 'must be a list of strings');
}

function shortJson(value: unknown): string {
  if (Array.isArray(value)) return 'this list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
