import { PkiError } from '../../pki/error.ts'
import { verifySignature } from '../../pki/signature.ts'
import { decodeCertificate } from '../../pki/x509/certificate.ts'
import { answerJobs } from '../../runtime/worker-jobs.ts'
import type { EdgeAnswer, EdgeJob } from './edge-job.ts'

/** The thread that checks signatures of certificates. */
answerJobs<EdgeJob, EdgeAnswer>(({ edges }) => ({ answer: edges.map(holds) }))

function holds({ certificate, spki }: EdgeJob['edges'][number]): boolean {
  try {
    const { signatureAlgorithm, tbs, signature } = decodeCertificate(certificate)
    return verifySignature(signatureAlgorithm, spki, tbs, signature)
  } catch (error) {
    if (error instanceof PkiError) return false // what cannot be checked does not hold; the search says why when it comes to it
    throw error
  }
}
