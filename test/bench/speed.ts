import { createPhysics, type Model, takeSample, tick } from '../../server/sim/physics/index.ts'
import { costsOf } from './profile.ts'
import { hundred, twelve } from './systems.ts'

/** A system that is played on and on: so many more seconds of it, with a sample every five. */
function player(model: Model) {
  const state = createPhysics(model, 1)
  let second = 0
  const play = (seconds: number) => {
    for (const end = second + seconds; second < end; second += 1) {
      tick(model, state, { second, effects: [] })
      if (second % 5 === 4) takeSample(model, state)
    }
  }
  return { state, play }
}

/** Exercise seconds measured at a stretch, and how often: processor time, and the best stretch, since others share the machine. */
const STRETCH = 5000
const STRETCHES = 7

for (const model of [twelve(), hundred()]) {
  const { state, play } = player(model)
  play(2000)
  let best = Infinity
  for (let n = 0; n < STRETCHES; n += 1) {
    const begin = process.cpuUsage()
    play(STRETCH)
    const { user, system } = process.cpuUsage(begin)
    best = Math.min(best, (user + system) / 1e6)
  }
  const each = (best / STRETCH) * 1e6
  const count = model.components.length
  const costs = await costsOf(() => play(5 * STRETCH))
  const top = costs.slice(0, 3).map((c) => `${c.name} ${(c.share * 100).toFixed(0)} %`)
  console.log(`${count} components, samples included:`)
  console.log(
    `  ${Math.round(STRETCH / best).toLocaleString('en')} exercise seconds for each second of one core`,
  )
  console.log(`  ${each.toFixed(1)} µs each, ${(each / count).toFixed(2)} µs for each component`)
  console.log(`  moving state: ${(JSON.stringify(state).length / 1024).toFixed(1)} kB as JSON`)
  console.log(`  biggest costs: ${top.join(', ')}`)
}
