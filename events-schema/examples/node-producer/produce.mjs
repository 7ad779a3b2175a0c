// Writes quiz.answered events to Kafka by the published contract (docs/produce-events.md).
//
//   node produce.mjs --brokers 127.0.0.1:9092 --learner demo --item java-streams-7 --correct true --grade 3
//
// --answered-at  RFC 3339 with offset; now where it is absent
// --count        how many answers; the last one at --answered-at, each earlier one a second before
// --answer-id    sends this one answer; sent again it changes nothing
// --zone         an IANA zone; that of this computer where it is absent
//
// Prints one JSON line for each answer that the broker has stored; ends with 1 where it could not.
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import kafkajs from 'kafkajs';

const { Kafka, Partitioners, logLevel } = kafkajs;

const { values: options } = parseArgs({
  options: {
    brokers: { type: 'string', default: '127.0.0.1:9092' },
    learner: { type: 'string' },
    item: { type: 'string' },
    correct: { type: 'string', default: 'true' },
    grade: { type: 'string' },
    'answered-at': { type: 'string' },
    count: { type: 'string', default: '1' },
    'answer-id': { type: 'string' },
    zone: { type: 'string', default: Intl.DateTimeFormat().resolvedOptions().timeZone },
  },
});

function fail(message) {
  console.error(`produce.mjs: ${message}`);
  process.exit(1);
}

const last = options['answered-at'] === undefined ? new Date() : new Date(options['answered-at']);
const count = Number(options.count);
if (!options.learner || !options.item) fail('--learner and --item are required');
if (!['true', 'false'].includes(options.correct)) fail('--correct is true or false');
if (options.grade !== undefined && !/^[1-4]$/.test(options.grade)) fail('--grade is 1, 2, 3 or 4');
if (Number.isNaN(last.getTime())) fail('--answered-at is not a time');
if (!Number.isInteger(count) || count < 1) fail('--count is a whole number from 1');
if (options['answer-id'] !== undefined && count !== 1) fail('--answer-id is for one answer');

function record(index) {
  const answerId = options['answer-id'] ?? randomUUID();
  const sole = count === 1 && options['answered-at'] !== undefined;
  const answeredAt = sole
    ? options['answered-at'] // as it was given: a Date would cut its microseconds off
    : new Date(last.getTime() - (count - 1 - index) * 1000).toISOString();
  // docs:start
  const answer = {
    answerId,
    learner: options.learner,
    item: options.item,
    answeredAt,
    correct: options.correct === 'true',
    ...(options.grade !== undefined && { grade: Number(options.grade) }),
    ...(options.zone && { zone: options.zone }),
    source: 'node-example',
  };
  return {
    key: answer.learner,
    value: JSON.stringify(answer),
    headers: {
      ce_specversion: '1.0',
      ce_id: answer.answerId,
      ce_source: '/examples/node-producer',
      ce_type: 'quiz.answered',
      ce_dataschema: 'https://devmentor.dev/schemas/quiz.answered/v1.json',
      'content-type': 'application/json',
    },
  };
  // docs:end
}

const kafka = new Kafka({
  clientId: 'devmentor-node-producer',
  brokers: options.brokers.split(','),
  logLevel: logLevel.NOTHING,
  retry: { retries: 5 },
});
// The partitioner that every other client uses too, so that one learner's events share a partition.
const producer = kafka.producer({
  createPartitioner: Partitioners.DefaultPartitioner,
  allowAutoTopicCreation: false,
});

try {
  await producer.connect();
  for (let start = 0; start < count; start += 500) {
    const messages = Array.from({ length: Math.min(500, count - start) }, (_, i) => record(start + i));
    await producer.send({ topic: 'quiz.answered', acks: -1, messages });
    for (const message of messages) {
      const { answerId, answeredAt } = JSON.parse(message.value);
      console.log(JSON.stringify({ answerId, answeredAt }));
    }
  }
} catch (error) {
  process.exitCode = 1;
  console.error(`produce.mjs: ${error.message}`);
} finally {
  await producer.disconnect();
}
