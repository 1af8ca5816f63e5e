/** Markup that is safe to put into a page as it stands. */
export interface Html {
  readonly markup: string
}

type Part = Html | string | number | null | readonly Part[]

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A tagged template: every value is escaped unless it is Html itself; lists are joined, null leaves nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { markup: strings.reduce((text, string, i) => text + string + (i < parts.length ? render(parts[i] ?? null) : ''), '') }
}

function render(part: Part): string {
  if (part === null) return ''
  if (typeof part === 'string' || typeof part === 'number')
    return String(part).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')
  return 'markup' in part ? part.markup : part.map(render).join('')
}
