import { beforeEach, describe, expect, test } from 'vitest'
import {
  appendTelemetry,
  forgetTelemetry,
  loadTelemetry,
  telemetryStore,
} from '../../../client/store/telemetry.ts'

beforeEach(forgetTelemetry)
const samples = (first: number, ...values: (number | null)[][]) => ({
  first,
  at: values.map((_, i) => (first + i) * 5000),
  values,
})
const columns = () => telemetryStore.getState().columns

describe('telemetry of a seat', () => {
  test('begins with the whole past and grows with each frame', () => {
    loadTelemetry(samples(0, [1, 10], [2, 20]))
    expect(appendTelemetry(samples(2, [3, null]))).toBe(true)
    expect(columns()).toEqual([
      [1, 2, 3],
      [10, 20, null],
    ])
    expect(telemetryStore.getState().at).toEqual([0, 5000, 10_000])
  })
  test('takes samples told twice once', () => {
    loadTelemetry(samples(0, [1], [2]))
    expect(appendTelemetry(samples(1, [2], [3]))).toBe(true)
    expect(columns()).toEqual([[1, 2, 3]])
  })
  test('refuses to pretend that a gap is none', () => {
    loadTelemetry(samples(0, [1]))
    expect(appendTelemetry(samples(2, [3]))).toBe(false)
    expect(columns()).toEqual([[1]])
  })
  test('a metric that appears later was unknown before', () => {
    loadTelemetry(samples(0, [1], [2]))
    appendTelemetry(samples(2, [3, 30]))
    expect(columns()).toEqual([
      [1, 2, 3],
      [null, null, 30],
    ])
  })
  test('tells its readers of every change by its version', () => {
    const before = telemetryStore.getState().version
    loadTelemetry(samples(0, [1]))
    appendTelemetry(samples(1, [2]))
    expect(telemetryStore.getState().version).toBe(before + 2)
  })
})
