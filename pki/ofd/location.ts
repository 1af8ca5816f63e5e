import type { OfdPackage } from './package.ts'

/**
 * Resolves an ST_Loc (GB/T 33190-2016 7.3): absolute when it begins with `/`, else relative to the folder of the file it stands in.
 * Null for what leaves the package or is no path.
 * @param holder absolute path of the file that holds the location.
 */
export function resolveLocation(holder: string, location: string): string | null {
  const text = location.trim()
  if (text === '' || text.includes('\\')) return null
  const segments = text.startsWith('/') ? [] : holder.split('/').slice(1, -1)
  for (const segment of text.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') segments.push(segment)
    else if (segments.pop() === undefined) return null
  }
  return `/${segments.join('/')}`
}

/**
 * The file a location names. Some systems write locations without the leading `/` although they mean the root; that is tried
 * where the standard's reading names no file.
 */
export function findFile(files: OfdPackage, holder: string, location: string): string | null {
  const readings = [resolveLocation(holder, location), resolveLocation('/', location)]
  return readings.find((path) => path !== null && files.has(path)) ?? null
}
