import { legible } from './legible.ts'
import type { OfdPackage } from './package.ts'

/** Where a location leads: to one file of the package, or why not. */
export type Located = { readonly path: string } | { readonly path: null; readonly fault: 'NOWHERE' | 'AMBIGUOUS' }

/**
 * Resolves an ST_Loc (GB/T 33190-2016 7.3): absolute when it begins with `/`, else relative to the folder of the file it stands in.
 * A `\`, which no name in a package holds, separates as on the systems that write it. Null for what leaves the package or is no path.
 * @param holder absolute path of the file that holds the location.
 */
export function resolveLocation(holder: string, location: string): string | null {
  const text = separated(location)
  if (text === '') return null
  const segments = text.startsWith('/') ? [] : foldersOf(holder)
  for (const segment of text.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') segments.push(segment)
    else if (segments.pop() === undefined) return null
  }
  return `/${segments.join('/')}`
}

/**
 * The file a location means. Systems write relative ones from the folder of the file, as the standard has it, and also from the
 * document's folder or the root of the package: whichever holds the first name of the location. Where several do, two readers could
 * take two files for it, now or once a file is moved: it is AMBIGUOUS, whether or not both are there.
 */
export function locate(files: OfdPackage, holder: string, location: string): Located {
  if (files.has(location)) return { path: location } // absolute, as every path of a package is
  const bases = isFree(location) ? basesHolding(files, holder, firstName(location)) : [holder]
  const [base] = bases
  if (bases.length > 1) return { path: null, fault: 'AMBIGUOUS' }
  const path = base === undefined ? null : resolveLocation(base, location)
  return path !== null && files.has(path) ? { path } : { path: null, fault: 'NOWHERE' }
}

/** As `locate`, for callers to whom it is all the same why there is none. */
export function findFile(files: OfdPackage, holder: string, location: string): string | null {
  return locate(files, holder, location).path
}

/** Every path a location could mean to a reader, the standard's reading first. */
export function readingsOf(holder: string, location: string): readonly string[] {
  const readings = isFree(location)
    ? basesOf(holder).map((base) => resolveLocation(base, location))
    : [resolveLocation(holder, location)]
  return readings.filter((path) => path !== null)
}

/** What is said of a location that leads nowhere. */
export function locationFault(location: string, fault: 'NOWHERE' | 'AMBIGUOUS'): string {
  return fault === 'NOWHERE' ? `no file at ${legible(location)}` : `${legible(location)} can mean two files`
}

/** Neither absolute nor bound to the holder's folder by `.` or `..`. */
function isFree(location: string): boolean {
  const first = firstName(location)
  return first !== '' && first !== '.' && first !== '..'
}

function firstName(location: string): string {
  return separated(location).split('/', 1)[0] ?? ''
}

function separated(location: string): string {
  return location.trim().replaceAll('\\', '/')
}

function foldersOf(path: string): string[] {
  return path.split('/').slice(1, -1)
}

/** The holder, and a file that might stand in each folder above it, up to the root. */
function basesOf(holder: string): readonly string[] {
  const folders = foldersOf(holder)
  return [
    holder,
    ...folders.map(
      (_, i) =>
        `/${folders
          .slice(0, folders.length - 1 - i)
          .concat('')
          .join('/')}`,
    ),
  ]
}

function basesHolding(files: OfdPackage, holder: string, name: string): readonly string[] {
  const names = namesIn(files)
  return basesOf(holder).filter((base) => names.has(resolveLocation(base, name) ?? ''))
}

const known = new WeakMap<OfdPackage, ReadonlySet<string>>()

/** Every file and folder of a package, gathered once for it. */
function namesIn(files: OfdPackage): ReadonlySet<string> {
  const names = known.get(files) ?? allNames(files)
  known.set(files, names)
  return names
}

function allNames(files: OfdPackage): ReadonlySet<string> {
  const names = new Set<string>()
  for (const path of files.keys())
    for (let end = path.length; end > 0 && !names.has(path.slice(0, end)); end = path.lastIndexOf('/', end - 1))
      names.add(path.slice(0, end))
  return names
}
