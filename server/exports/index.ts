import type { Exporter } from './exporter.ts'
import { json } from './json.ts'
import { reportMarkdown } from './reportMarkdown.ts'
import { summaryCsv } from './summaryCsv.ts'
import { timelineCsv } from './timelineCsv.ts'

/** Every format an exercise can be had in, by the ending under which it is asked for. */
export const exporters = {
  json,
  'timeline.csv': timelineCsv,
  'summary.csv': summaryCsv,
  'report.md': reportMarkdown,
} as const satisfies Readonly<Record<string, Exporter>>
export type ExportFormat = keyof typeof exporters
