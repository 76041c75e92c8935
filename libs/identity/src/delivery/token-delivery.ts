export const DELIVERY_PURPOSES = ['REGISTER', 'ALREADY_REGISTERED', 'RESET', 'CHANGE_ADDRESS', 'ADDRESS_CHANGED', 'INVITATION'] as const;
export type DeliveryPurpose = (typeof DELIVERY_PURPOSES)[number];

/** What is brought to an address, and to nobody else. */
export interface Delivery {
  /** The address, in lower case. */
  readonly to: string;
  readonly purpose: DeliveryPurpose;
  /** What the owner of the address presents; null for what only tells something. */
  readonly token: string | null;
  /** The organization that an invitation is about. */
  readonly organizationName?: string;
}

/** Brings one-time tokens to addresses. Injected by this class; which one it is depends on the environment. */
export abstract class TokenDelivery {
  /** Call it before anything is stored that only a delivery makes useful. @throws MailNotConfiguredError */
  abstract assertReady(): void;
  /** Resolves when it is handed over. @throws MailNotConfiguredError */
  abstract send(delivery: Delivery): Promise<void>;
}
