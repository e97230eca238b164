/**
 * The queue behind two verbs, `enqueue` and `consume`. A job carries ids alone; it is a hint that work is there, never the
 * truth about it, so Redis may be emptied at any time and nothing is lost.
 */
import { type JobOf, QUEUES, type QueueName } from '@paddock/contracts';
import { Queue, UnrecoverableError, Worker } from 'bullmq';
import { Redis } from 'ioredis';

/** The longest pause before a connection is tried again. */
const RECONNECT_MS = 250;

/** How long a job may take to be added. BullMQ itself waits without end for a Redis that it has not reached yet. */
const ENQUEUE_MS = 2000;
/** How long BullMQ may take to take its leave. */
const CLOSE_MS = 2000;
/** The pause before a consumer tries again what Redis did not answer. */
const RETRY_MS = 1000;

export interface QueueOptions {
  /** A Redis URL; the server's eviction policy must be `noeviction`. */
  url: string;
  /** What every key starts with, so that several platforms can share one Redis. */
  prefix?: string;
  /** Called with faults of the connection and of jobs, which the queue itself outlives. */
  onError?: (error: Error) => void;
}

export interface EnqueueOptions {
  /** Milliseconds before the job may be taken. */
  delayMs?: number;
}

export interface ConsumeOptions {
  /** Jobs handled at once. */
  concurrency: number;
}

export interface Consumer {
  /** Takes no more jobs, and waits for those in hand. */
  close(): Promise<void>;
}

/** What processes tell each other at once; whoever misses it finds the same in Postgres a little later. */
export type Signal = 'run.settled' | 'run.cancel' | 'version.revoked';

export interface Queues {
  /** Adds a job; one with the same ids that is still there is left as it is. */
  enqueue<Q extends QueueName>(queue: Q, job: JobOf<Q>, options?: EnqueueOptions): Promise<void>;
  /** Hands every job to `handle`. What it throws is reported and not retried: the controller finds what was left undone. */
  consume<Q extends QueueName>(queue: Q, handle: (job: JobOf<Q>) => Promise<void>, options: ConsumeOptions): Consumer;
  /** Tells every process about a run, or a version. */
  signal(signal: Signal, id: string): Promise<void>;
  /** Calls `handle` with what every such signal from now on is about. */
  onSignal(signal: Signal, handle: (id: string) => void): Promise<void>;
  /** Jobs that wait or are being handled. */
  depth(queue: QueueName): Promise<number>;
  /** Throws when Redis does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export function openQueues({ url, prefix = 'paddock', onError = () => undefined }: QueueOptions): Queues {
  // BullMQ's blocking calls need a connection that never gives a command up; everything else fails after a few tries.
  const connect = (blocking: boolean) => {
    const connection = new Redis(url, {
      maxRetriesPerRequest: blocking ? null : 3,
      enableAutoPipelining: !blocking,
      // A command fails after its tries, so these decide how long a caller waits for a Redis that is gone: under a second.
      retryStrategy: (times) => Math.min(times * 50, RECONNECT_MS),
    });
    connection.on('error', onError);
    return connection;
  };
  const connection = connect(false);
  const subscriber = connect(true);
  const queues = new Map<QueueName, Queue>();
  const consumers = new Set<Consumer>();
  const handlers = new Map<string, ((id: string) => void)[]>();
  const channel = (signal: Signal) => `${prefix}:signal:${signal}`;
  subscriber.on('message', (name: string, id: string) => {
    for (const handle of handlers.get(name) ?? []) handle(id);
  });

  const queueOf = (name: QueueName) => {
    let queue = queues.get(name);
    if (queue === undefined) {
      queue = new Queue(name, {
        connection,
        prefix,
        defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
      });
      queue.on('error', onError);
      queues.set(name, queue);
    }
    return queue;
  };

  return {
    async enqueue(name, job, { delayMs = 0 } = {}) {
      const jobId = Object.values(job).join('.');
      await within(ENQUEUE_MS, queueOf(name).add(name, job, { jobId, ...(delayMs > 0 ? { delay: delayMs } : {}) }));
    },
    consume(name, handle, { concurrency }) {
      const blocking = connect(true);
      const inHand = new Set<Promise<void>>();
      const worker = new Worker(
        name,
        async ({ data }) => {
          const job = QUEUES[name].safeParse(data);
          if (!job.success) throw new UnrecoverableError(`a job of ${name} has another form: ${job.error.message}`);
          const handling = handle(job.data as JobOf<typeof name>);
          inHand.add(handling);
          await handling.finally(() => inHand.delete(handling));
        },
        {
          ...{ connection: blocking, prefix, concurrency, runRetryDelay: RETRY_MS },
          ...{ removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } },
        },
      );
      worker.on('error', onError);
      worker.on('failed', (_job, error) => onError(error));
      const consumer: Consumer = {
        async close() {
          consumers.delete(consumer);
          const closed = worker.close();
          closed.catch(() => undefined);
          // The work in hand is waited for. What BullMQ then has to say to Redis is not worth waiting for a Redis that is gone.
          while (inHand.size > 0) await Promise.allSettled(inHand);
          await within(CLOSE_MS, closed).catch(onError);
          blocking.disconnect();
        },
      };
      consumers.add(consumer);
      return consumer;
    },
    async signal(signal, id) {
      await connection.publish(channel(signal), id);
    },
    async onSignal(signal, handle) {
      const name = channel(signal);
      handlers.set(name, [...(handlers.get(name) ?? []), handle]);
      await subscriber.subscribe(name);
    },
    async depth(name) {
      const counts = await queueOf(name).getJobCounts('waiting', 'active', 'delayed', 'prioritized');
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    },
    async ping() {
      await connection.ping();
    },
    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.close()));
      await Promise.all([...queues.values()].map((queue) => within(CLOSE_MS, queue.close()).catch(onError)));
      for (const each of [connection, subscriber]) each.disconnect();
    },
  };
}

/** The promise's outcome, or a rejection once it takes too long; what it comes to later is of no interest. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer from the queue within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
