import type { PathMember, PathReport } from './certificate-query.ts'

interface Node {
  readonly member: PathMember
  readonly below: Map<string, Node>
}

/**
 * Candidate paths as one tree for each root, the root at the top; what several paths share is drawn once.
 * @param describe the line for one certificate
 */
export function pathTree(paths: readonly PathReport[], describe: (member: PathMember) => string): readonly string[] {
  const roots = new Map<string, Node>()
  for (const { certificates } of paths) {
    let level = roots
    for (const member of [...certificates].reverse()) {
      const node: Node = level.get(member.fingerprint) ?? { member, below: new Map() }
      level.set(member.fingerprint, node)
      level = node.below
    }
  }
  return [...roots.values()].flatMap((root) => [describe(root.member), ...branches(root, describe)])
}

function branches({ below }: Node, describe: (member: PathMember) => string): readonly string[] {
  const children = [...below.values()]
  return children.flatMap((child, i) => {
    const isLast = i === children.length - 1
    const deeper = branches(child, describe).map((line) => `${isLast ? '   ' : '│  '}${line}`)
    return [`${isLast ? '└─ ' : '├─ '}${describe(child.member)}`, ...deeper]
  })
}
