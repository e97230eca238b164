export {
  type ConsumeOptions,
  type Consumer,
  type EnqueueOptions,
  openQueues,
  type QueueOptions,
  type Queues,
  type Signal,
} from './queues.js';
