import { ruleInfos } from '../../../src/check/rules/index.ts';
import { formatJunit } from '../../../src/report/junit.ts';
import { formatSarif } from '../../../src/report/sarif.ts';
import { assertValid, assertValidJunit } from '../../support/published-schemas.ts';
import { newerRelease, olderRelease } from '../../support/real-reports.ts';
import { sampleReports } from '../../support/sample-reports.ts';

const reports = { ...sampleReports, olderRelease, newerRelease };

describe('the published schemas', () => {
  for (const [name, report] of Object.entries(reports)) {
    it(`accept the SARIF of the ${name} report`, () =>
      assertValid('sarif-2.1.0', JSON.parse(formatSarif([report], ruleInfos))));
    it(`accept the JUnit XML of the ${name} report`, () => assertValidJunit(formatJunit([report])));
  }

  it('accept several reports, and none', () => {
    for (const list of [Object.values(reports), []]) {
      assertValid('sarif-2.1.0', JSON.parse(formatSarif(list, ruleInfos)));
      assertValidJunit(formatJunit(list));
    }
  });
});
