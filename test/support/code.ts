/** The `code` of what a call throws; null when it throws nothing. Anything without a code is thrown on, as a fault. */
export function codeOf(call: () => unknown): string | null {
  try {
    call()
    return null
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
    throw error
  }
}
