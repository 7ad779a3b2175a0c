// Fits FSRS-6 with fsrs-rs to a review log, run by run, and prints times and weights.
// usage: node bench.mjs LOG.json; the log: warmUps, runs, how often and when a run is made again, and by training set the rows in time order
import { readFileSync } from 'node:fs'
import { FSRSBindingItem, FSRSBindingReview, computeParameters } from '@open-spaced-repetition/binding'

const input = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const version = JSON.parse(
  readFileSync(new URL('./node_modules/@open-spaced-repetition/binding/package.json', import.meta.url), 'utf8'),
).version

// One item for each review on a later day: it, and the card's reviews before it. Made beforehand, in time order.
function items(log, rows) {
  const reviews = []
  const made = []
  for (let i = 0; i < rows; i++) {
    const card = (reviews[log.card[i]] ??= [])
    card.push(new FSRSBindingReview(log.grade[i], log.days[i]))
    if (log.days[i] > 0) {
      made.push(new FSRSBindingItem(card))
    }
  }
  return made
}

// Shipped settings. The binding looks for the end of a fit every `timeout` ms, 500 unless told otherwise, callback or not: with 1
// it is the fit that is timed. (With 0 it looks all the time, and takes the core from the fit.)
const options = { enableShortTerm: true, numRelearningSteps: 1, timeout: 1 }

const all = items(input, input.card.length)
for (let i = 0; i < input.warmUps; i++) {
  await computeParameters(all, options)
}
async function run() {
  const cpu = process.cpuUsage()
  const begun = process.hrtime.bigint()
  weights = await computeParameters(all, options)
  const wall = Number(process.hrtime.bigint() - begun) / 1e6
  const used = process.cpuUsage(cpu)
  return [wall, (used.user + used.system) / 1e3]
}

const wallMs = []
const cpuMs = []
let weights = []
for (let i = 0; i < input.runs; i++) {
  let [wall, used] = await run()
  // Made again where another process had the core; who reads the times decides whether that was enough.
  for (let repeat = 0; repeat < input.repeats && wall > input.mostWallPerCpu * used; repeat++) {
    ;[wall, used] = await run()
  }
  wallMs.push(wall)
  cpuMs.push(used)
}
console.log(
  JSON.stringify({
    version,
    items: all.length,
    wallMs,
    cpuMs,
    weights,
    headWeights: await computeParameters(items(input, input.headRows), options),
  }),
)
