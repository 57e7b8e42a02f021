import { parentPort } from 'node:worker_threads'
import { compileScenario } from '../sim/scenario/compile.ts'
import type { ScenarioSource } from '../sim/scenario/scenario.ts'

// Answers each scenario with what is found in it. Runs apart from the server, so that a text made to be slow to read costs nobody a turn.
parentPort?.on('message', (source: ScenarioSource) => {
  const compiled = compileScenario(source, '')
  parentPort?.postMessage(compiled.ok ? compiled.warnings : compiled.findings)
})
parentPort?.postMessage('ready')
