import type { Rule } from '../../model/check.ts'
import type { Refusal } from '../../model/envelope.ts'
import { HubError, type HubErrorCode } from '../../model/error.ts'

/** Why a row is refused. */
export function refuse(code: HubErrorCode, zh: string, en: string): Refusal {
  return { code, reason: { zh, en } }
}

/** A refusal by an article, which it cites. */
export function refuseByArticle({ source, clause }: Rule, zh: string, en: string): Refusal {
  return refuse('POLICY', `${zh}（${source.zh} 第${clause}条）`, `${en} (${source.en}, article ${clause})`)
}

/** A coded error as the refusal of a row; anything else is no matter of the row and goes on. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof HubError)) throw error
  return refuse(error.code, error.zh, error.en)
}
