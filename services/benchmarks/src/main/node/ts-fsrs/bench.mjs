// Takes a review log through ts-fsrs `next`, pass by pass, and prints its speed and the final memories.
// usage: node bench.mjs LOG.json
import { readFileSync } from 'node:fs'
import { createEmptyCard, fsrs } from 'ts-fsrs'

const log = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const version = JSON.parse(
  readFileSync(new URL('./node_modules/ts-fsrs/package.json', import.meta.url), 'utf8'),
).version

// Shipped settings: default weights, retention 0.9, learning steps, no fuzz.
const scheduler = fsrs({ enable_fuzz: false })

// Dates are made beforehand. Noon and some minutes: whole days come out, and the answers of a day keep their order.
const start = Date.UTC(2020, 0, 1, 12)
const minutes = new Map()
const now = log.day.map((day, i) => {
  const key = day * log.cards + log.card[i]
  const minute = (minutes.get(key) ?? 0) + 1
  minutes.set(key, minute)
  return new Date(start + day * 86_400_000 + minute * 60_000)
})

let scheduledDays = 0
function pass() {
  const cards = new Array(log.cards)
  for (let i = 0; i < log.card.length; i++) {
    const card = log.card[i]
    const before = cards[card] ?? createEmptyCard(now[i])
    const after = scheduler.next(before, now[i], log.grade[i]).card
    scheduledDays += after.scheduled_days
    cards[card] = after
  }
  return cards
}

for (let i = 0; i < log.warmUps; i++) {
  pass()
}
const stepsPerSecond = []
let cards = []
for (let i = 0; i < log.passes; i++) {
  const begun = process.hrtime.bigint()
  cards = pass()
  stepsPerSecond.push((log.card.length / Number(process.hrtime.bigint() - begun)) * 1e9)
}
if (!(scheduledDays > 0)) {
  throw new Error('nothing was scheduled')
}
console.log(
  JSON.stringify({
    version,
    stepsPerSecond,
    stability: cards.map((card) => card.stability),
    difficulty: cards.map((card) => card.difficulty),
  }),
)
