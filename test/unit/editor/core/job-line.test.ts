import assert from 'node:assert/strict';
import { JobLine, type LineJob } from '../../../../src/editor/core/job-line.ts';

interface Held {
  readonly job: LineJob;
  end(): void;
}

describe('JobLine', () => {
  const log: string[] = [];
  beforeEach(() => log.splice(0));

  function held(name: string, subject = name, isUrgent = false): Held {
    let resolve = () => {};
    const promise = new Promise<void>((done) => {
      resolve = done;
    });
    const job: LineJob = {
      subject,
      isUrgent,
      run: (signal) => {
        log.push(`${name} runs`);
        signal.addEventListener('abort', () => {
          log.push(`${name} is cancelled`);
          resolve();
        });
        return promise;
      },
      dropped: () => log.push(`${name} is dropped`),
    };
    return { job, end: resolve };
  }

  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('runs one at a time, those of commands first', async () => {
    const line = new JobLine();
    const [a, b, c] = [held('a'), held('b'), held('c', 'c', true)];
    for (const { job } of [a, b, c]) line.add(job);
    assert.deepEqual(log, ['a runs']);
    a.end();
    await settled();
    assert.deepEqual(log, ['a runs', 'c runs']);
    c.end();
    await settled();
    assert.deepEqual(log, ['a runs', 'c runs', 'b runs']);
  });

  it('lets only the newest of a subject wait', () => {
    const line = new JobLine();
    line.add(held('a').job);
    line.add(held('old', 'b').job);
    line.add(held('new', 'b').job);
    assert.deepEqual(log, ['a runs', 'old is dropped']);
  });

  it('ends the one that runs for a newer one of its subject', async () => {
    const line = new JobLine();
    line.add(held('old', 'a').job);
    line.add(held('new', 'a').job);
    await settled();
    assert.deepEqual(log, ['old runs', 'old is cancelled', 'new runs']);
  });

  it('removes one that waits, and ends one that runs', async () => {
    const line = new JobLine();
    const [a, b, c] = [held('a'), held('b'), held('c')];
    for (const { job } of [a, b, c]) line.add(job);
    line.remove(b.job);
    line.remove(a.job);
    await settled();
    assert.deepEqual(log, ['a runs', 'b is dropped', 'a is cancelled', 'c runs']);
  });
});
