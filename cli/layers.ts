import type { Conclusion, DocumentReport, SealReport, SignatureReport } from '../model/verification-report.ts'

/** How much of one report is told: a sentence each, every check, or every fact. All are the same data, less or more of it. */
export const LAYERS = ['simple', 'detailed', 'diagnostic'] as const
export type Layer = (typeof LAYERS)[number]

/** A document's report as data, as far as the layer goes. */
export function documentLayer(report: DocumentReport, layer: Layer): object {
  if (layer === 'diagnostic') return report
  const { id, kind, originality, conclusion } = report
  const signatures = report.signatures.map((signature) => signatureLayer(signature, layer))
  if (layer === 'simple') return { id, kind, originality, conclusion: sentence(conclusion), signatures }
  const { integrity: _, ...detailed } = report
  return { ...detailed, signatures }
}

/** A seal's report as data. */
export function sealLayer(report: SealReport, layer: Layer): object {
  if (layer === 'diagnostic') return report
  const { integrity: _, ...detailed } = report
  if (layer === 'detailed') return detailed
  return { id: report.id, code: report.code, name: report.name, conclusion: sentence(report.conclusion) }
}

function signatureLayer(report: SignatureReport, layer: Layer): object {
  const { integrity: _, ...detailed } = report
  if (layer === 'detailed') return detailed
  const { id, label, signedAt, seal, conclusion } = report
  return { id, label, signedAt, seal: seal && { code: seal.code, name: seal.name }, conclusion: sentence(conclusion) }
}

function sentence({ indication, subIndication, summary }: Conclusion): object {
  return { indication, subIndication, summary }
}
