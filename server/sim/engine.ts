/** The engine's version: logs are re-stepped only by the version that wrote them. Raise it with any change of behaviour. */
export const ENGINE = '0.2.0'

/** Exercise milliseconds between two samples of telemetry: a scrape interval people know from production. */
export const SAMPLE_MS = 5_000
/** How much healthy past is simulated before play, so that dashboards can compare with an hour ago. */
export const PAST_MS = 65 * 60_000
