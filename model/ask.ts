import type { ExecutionResult } from 'graphql'

/** How guests of the hub (adapters, pages, commands) ask it: one GraphQL request, as the caller they are. */
export type Ask = (query: string, variables: Readonly<Record<string, unknown>>) => Promise<ExecutionResult>
