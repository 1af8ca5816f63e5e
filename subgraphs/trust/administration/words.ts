import type { Bilingual } from '../../../model/text.ts'
import { formatInstant } from '../../../model/time.ts'
import type { TrustServiceInput } from '../lists/row.ts'
import type { Change } from './event.ts'

const SHOWN = 3

/** What a change would do, in one sentence for whoever is to approve it. */
export function changeWords(change: Change): Bilingual {
  switch (change.kind) {
    case 'TRUST_SERVICES': {
      const told = change.services.slice(0, SHOWN).map(serviceWords).join('；')
      const more = change.services.length > SHOWN ? ` … (${change.services.length})` : ''
      return { zh: `列入或终止：${told}${more}`, en: `list or end: ${told}${more}` }
    }
    case 'ENACT_AGREEMENT': {
      const { reliedOnIn, issuedIn, classes, article } = change.agreement
      const terms = `${reliedOnIn} ← ${issuedIn} ${classes.join('、')}（${article}）`
      return { zh: `互认约定生效：${terms}`, en: `enact an agreement: ${terms}` }
    }
    case 'REPEAL_AGREEMENT': {
      const terms = `${change.id} ${formatInstant(change.from)}`
      return { zh: `互认约定废止：${terms}`, en: `repeal an agreement: ${terms}` }
    }
    case 'ADD_ADMINISTRATOR':
      return { zh: `增补管理员 ${change.name}`, en: `add the administrator ${change.name}` }
    case 'REMOVE_ADMINISTRATOR':
      return { zh: `免去管理员 ${change.name}`, en: `remove the administrator ${change.name}` }
  }
}

function serviceWords({ role, name, scope, from, until, fingerprint }: TrustServiceInput): string {
  const end = typeof until === 'number' ? formatInstant(until) : ''
  return `${role} ${name} [${scope || '*'}] ${formatInstant(from)}…${end} ${fingerprint.slice(0, 16)}`
}
