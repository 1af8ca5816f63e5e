/** 公文、证照、协议、凭据、流转单（西藏 12，福建 10）; 税务, 财政金融 keep rules of their own (遂平 20). */
export const PURPOSES = ['OFFICIAL_DOCUMENT', 'LICENSE', 'AGREEMENT', 'VOUCHER', 'CIRCULATION', 'TAX', 'FINANCE'] as const

/** What a stamped file is relied on for. */
export type Purpose = (typeof PURPOSES)[number]

/** What the measures on electronic seals speak of: everything but tax and finance. */
export const GENERAL_PURPOSES: readonly Purpose[] = ['OFFICIAL_DOCUMENT', 'LICENSE', 'AGREEMENT', 'VOUCHER', 'CIRCULATION']

/** 电子政务外网, 办公网 (西藏 12), 互联网. */
export const NETWORK_ZONES = ['GOVERNMENT_EXTRANET', 'OFFICE_NETWORK', 'INTERNET'] as const

export type NetworkZone = (typeof NETWORK_ZONES)[number]

/** 等级保护一级至五级. */
export const MAXIMUM_ASSURANCE = 5

/** How a seal is to be relied on, as the one who relies on it says. What is not said is not known, and meets no condition. */
export interface Use {
  /** Null: general use, nothing that keeps rules of its own. */
  readonly purpose: Purpose | null
  readonly network: NetworkZone | null
  /** Level of 等级保护 of the system that relies on it, 1 to 5. */
  readonly assurance: number | null
}

export const GENERAL_USE: Use = { purpose: null, network: null, assurance: null }
