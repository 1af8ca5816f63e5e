import { setImmediate } from 'node:timers/promises'
import { HubError } from '../../model/error.ts'
import type { Log } from '../../runtime/log.ts'
import { inspectSealBytes } from './facts/seal.ts'
import { type NamedCertificate, namedCertificates } from './named-certificates.ts'
import type { SealStore, UnreadSeal } from './ports.ts'

/** Read one by one, others having their turn in between, and written down together. */
const AT_ONCE = 32

type Store = Pick<SealStore, 'unreadSeals' | 'keepCertificates' | 'original'>

/**
 * Reads, in the background, the certificates of seals that an older version took in. Of what cannot be read any more only digests
 * are written down. What was done stays done: the next start goes on from there.
 */
export function readHeldSeals(store: Store, log: Log): { readonly close: () => Promise<void> } {
  const stopping = new AbortController()
  const reading = readAll(store, log, stopping.signal).catch((error: unknown) =>
    log.error({ err: error }, 'certificates of seals held could not be read'),
  )
  return {
    close: async () => {
      stopping.abort()
      await reading
    },
  }
}

async function readAll(store: Store, log: Log, stopping: AbortSignal): Promise<void> {
  for (let number = 0; ; ) {
    const unread = await store.unreadSeals(AT_ONCE)
    if (unread.length === 0) {
      if (number > 0) log.info({ seals: number }, 'certificates of all seals held are read')
      return
    }
    const read = new Map<string, readonly NamedCertificate[]>()
    for (const seal of unread) {
      await setImmediate()
      if (stopping.aborted) return
      read.set(seal.code, await certificatesOf(seal, store, log))
    }
    await store.keepCertificates(read)
    number += read.size
  }
}

async function certificatesOf(unread: UnreadSeal, store: Store, log: Log): Promise<readonly NamedCertificate[]> {
  const { code, sealDigest, makerFingerprint, signerFingerprint } = unread
  const bytes = await store.original(sealDigest)
  const reading = bytes && inspected(bytes)
  if (reading?.seal) return namedCertificates(reading.seal, reading.certificates)
  log.warn({ code }, 'a seal held cannot be read: nobody can tell what its certificates hang on')
  const signerCertificates = signerFingerprint === null ? [] : [signerFingerprint]
  return namedCertificates({ makerCertificate: makerFingerprint, signerCertificates }, [])
}

function inspected(bytes: Uint8Array) {
  try {
    return inspectSealBytes(bytes)
  } catch (error) {
    if (error instanceof HubError) return null
    throw error
  }
}
