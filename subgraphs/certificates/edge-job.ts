/** Signatures to check on another thread. */
export interface EdgeJob {
  readonly edges: readonly {
    /** DER. */
    readonly certificate: Uint8Array
    /** SubjectPublicKeyInfo of the issuer. */
    readonly spki: Uint8Array
  }[]
}

/** Whether each of them holds, in their order. */
export type EdgeAnswer = readonly boolean[]
