export const SUBGRAPHS = ['seals', 'certificates', 'trust'] as const
export type SubgraphName = (typeof SUBGRAPHS)[number]
