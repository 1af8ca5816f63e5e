import { pino } from 'pino'

/** What the rooms need of a log: fields first, then a sentence. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Structured log, one JSON object a line on standard error; tokens and keys are never among the fields. */
export function openLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: false }))
}

/** A log that says nothing, for tests and one-shot commands. */
export const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} }
