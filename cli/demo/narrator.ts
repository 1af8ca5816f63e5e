import { HubError } from '../../model/error.ts'
import type { Indication } from '../../model/indication.ts'
import type { Conclusion } from '../../model/verification-report.ts'
import { INDICATION_WORDS, painted } from '../terminal.ts'
import type { DecisionAnswer } from './decision-query.ts'

/** Tells the demonstration, and stops it where a conclusion is not the one the story needs. */
export interface Narrator {
  readonly step: (zh: string, en: string) => void
  readonly result: (text: string) => void
  readonly conclusion: (subject: string, given: Conclusion | undefined, expected: Indication) => void
  readonly decision: (answer: DecisionAnswer, expected: Indication) => void
}

/** @param say takes one line. */
export function narrator(say: (line: string) => void): Narrator {
  let number = 0

  function step(zh: string, en: string): void {
    number += 1
    say('')
    say(painted('bold', `${number}. ${zh}`))
    say(`   ${painted('gray', en)}`)
  }

  function result(text: string): void {
    say(`   ${text}`)
  }

  function conclusion(subject: string, given: Conclusion | undefined, expected: Indication): void {
    if (given?.indication !== expected) {
      throw new HubError(
        'CONFLICT',
        `${subject}：结论应为 ${expected}，实为 ${given?.indication}`,
        `${subject}: ${expected} was due, not ${given?.indication}`,
      )
    }
    const { zh, en, style } = INDICATION_WORDS[given.indication]
    const code = [given.indication, given.subIndication].filter(Boolean).join(' / ')
    result(`${subject}：${painted(style, `${zh} ${en}`)} (${code})`)
    if (given.indication === 'TOTAL_PASSED') {
      const held = given.because.filter(({ outcome }) => outcome === 'PASSED').length
      result(painted('gray', `${held} 项检查通过 checks hold`))
    } else {
      result(given.summary.zh)
      result(painted('gray', given.summary.en))
    }
  }

  function decision({ seal, at }: DecisionAnswer, expected: Indication): void {
    const { state, since, reason } = seal.status
    result(`状态 status ${at ?? '现在 now'}：${state}${since ? ` 自 since ${since}` : ''}${reason ? ` ${reason}` : ''}`)
    conclusion(seal.name, seal.decision, expected)
  }

  return { step, result, conclusion, decision }
}
