/** 电子政务电子认证服务机构 and 电子认证服务机构 (国办发〔2025〕33号 12, 福建 4 and 5). */
export const CA_KINDS = ['E_GOVERNMENT', 'GENERAL'] as const

export type CaKind = (typeof CA_KINDS)[number]
