import assert from 'node:assert/strict';
import fc from 'fast-check';
import { JobQueue, type Priority } from '../../../../src/worker/host/job-queue.ts';

function drain<Item>(queue: JobQueue<Item>): (Item | undefined)[] {
  const items: (Item | undefined)[] = [];
  while (queue.size > 0) items.push(queue.dequeue());
  return items;
}

describe('JobQueue', () => {
  it('is first in, first out, and critical first', () => {
    const queue = new JobQueue<string>();
    queue.enqueue('a', 'normal');
    queue.enqueue('b', 'critical');
    queue.enqueue('c', 'normal');
    queue.enqueue('d', 'critical');
    assert.equal(queue.size, 4);
    assert.equal(queue.nextPriority, 'critical');
    assert.deepEqual(drain(queue), ['b', 'd', 'a', 'c']);
    assert.equal(queue.nextPriority, undefined);
    assert.equal(queue.dequeue(), undefined);
  });

  it('replaces a waiting job of the same subject, whatever its priority, and tells which', () => {
    const queue = new JobQueue<string>();
    assert.equal(queue.enqueue('old', 'critical', 'runtime'), undefined);
    assert.equal(queue.enqueue('other', 'normal', 'another runtime'), undefined);
    assert.equal(queue.enqueue('without subject', 'normal'), undefined);
    assert.equal(queue.enqueue('without subject too', 'normal'), undefined);
    assert.equal(queue.enqueue('new', 'normal', 'runtime'), 'old');
    assert.deepEqual(drain(queue), ['other', 'without subject', 'without subject too', 'new']);
  });

  it('puts a job back before those of its priority', () => {
    const queue = new JobQueue<string>();
    queue.enqueue('a', 'normal');
    queue.enqueue('b', 'critical');
    queue.putBack('again', 'normal');
    assert.deepEqual(drain(queue), ['b', 'again', 'a']);
  });

  it('knows whether a job of a subject waits', () => {
    const queue = new JobQueue<string>();
    queue.enqueue('a', 'normal', 'runtime');
    assert.equal(queue.has('runtime'), true);
    assert.equal(queue.has('another'), false);
    queue.dequeue();
    assert.equal(queue.has('runtime'), false);
  });

  it('removes a waiting job, and does not mind one that is gone', () => {
    const queue = new JobQueue<string>();
    queue.enqueue('a', 'normal');
    queue.enqueue('b', 'normal');
    queue.remove('a');
    queue.remove('a');
    assert.deepEqual(drain(queue), ['b']);
  });

  it('loses nothing: what comes out, was replaced or removed is what went in', () => {
    const step = fc.record({
      priority: fc.constantFrom<Priority>('normal', 'critical'),
      subject: fc.option(fc.constantFrom('x', 'y', 'z'), { nil: undefined }),
      next: fc.constantFrom('nothing', 'dequeue', 'remove'),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const queue = new JobQueue<number>();
        const gone: (number | undefined)[] = [];
        steps.forEach(({ priority, subject, next }, item) => {
          const replaced = queue.enqueue(item, priority, subject);
          if (replaced !== undefined) gone.push(replaced);
          if (next === 'dequeue') gone.push(queue.dequeue());
          if (next === 'remove') {
            queue.remove(item);
            gone.push(item);
          }
        });
        const all = [...gone, ...drain(queue)].sort((a, b) => Number(a) - Number(b));
        assert.deepEqual(
          all,
          steps.map((_, item) => item),
        );
      }),
    );
  });
});
