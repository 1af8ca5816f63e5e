/** What a caller may do. `member`: a member platform or signed-in officer; `adapter`: the hub's own guests; `administrator`: changes trust. */
export type Scope = 'member' | 'adapter' | 'administrator'

/** Who asks, as the gateway found out. The public has no scopes. */
export interface Caller {
  /** For the log and the audit: `public`, `operator`, `platform:411728`. */
  readonly id: string
  readonly scopes: readonly Scope[]
}

export const PUBLIC: Caller = { id: 'public', scopes: [] }
