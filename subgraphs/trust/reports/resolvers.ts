import type { Caller } from '../../../model/caller.ts'
import { noSuchCursor, type PageQuestion, pageOf, pageSize } from '../../../model/page.ts'
import { mustBe } from '../must-be.ts'
import type { TrustRoom } from '../room.ts'
import { admitReport, answerReport } from './admission.ts'
import type { NewReport, Report, ReportKind, ReportOutcome } from './report.ts'

const PAGE = { usual: 20, most: 100 }

interface Asking {
  readonly caller: Caller
}

type Given = Pick<NewReport, 'subject' | 'subjectId' | 'division' | 'text'> & {
  readonly decision?: string | null
  readonly agency?: string | null
}

interface ReportsQuestion extends PageQuestion {
  readonly kind?: ReportKind | null
  readonly open?: boolean | null
}

/** What the SDL promises of reports. */
export function reportResolvers(room: TrustRoom) {
  const report = (kind: ReportKind) => async (_: unknown, given: { readonly report: Given }, asking: Asking) => {
    mustBe('member', asking)
    const { decision = null, agency = null, ...rest } = given.report
    const admitted = await admitReport(room.reports, { ...rest, decision, agency, kind }, asking.caller, room.now())
    room.log.info({ caller: asking.caller.id, report: admitted.id, kind }, 'a report came in')
    return admitted
  }
  return {
    Query: {
      reports: async (_: unknown, question: ReportsQuestion, asking: Asking) => {
        mustBe('administrator', asking)
        return reportPage(room, question)
      },
      reportCounts: (_: unknown, __: unknown, asking: Asking) => {
        mustBe('administrator', asking)
        return room.reports.counts()
      },
    },
    Mutation: {
      reportRefusal: report('REFUSAL'),
      reportMisuse: report('MISUSE'),
      answerReport: async (
        _: unknown,
        given: { readonly id: string; readonly outcome: ReportOutcome; readonly text: string },
        asking: Asking,
      ) => {
        mustBe('administrator', asking)
        return answerReport(room.reports, given, asking.caller, room.now())
      },
    },
  }
}

async function reportPage({ reports }: TrustRoom, { kind, open, first, after }: ReportsQuestion) {
  const size = pageSize(first, PAGE)
  const last: Report | null = after ? await reports.byId(after) : null
  if (after && !last) throw noSuchCursor()
  const found = await reports.page({ kind: kind ?? null, open: open ?? null, before: last, limit: size + 1 })
  return pageOf(found, size, ({ id }) => id)
}
