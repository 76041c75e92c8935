import type { MemberRole } from '#database';

/** Who a session is for, in which organization, as what. */
export interface SessionSubject {
  readonly userId: string;
  readonly orgId: string;
  readonly role: MemberRole;
}

/** From where and with what a session is used. */
export interface Device {
  /** The client's address, as the trusted proxies tell it. */
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/** A session as its holder gets it: an access token for some minutes, and a refresh token for the next one. */
export interface SignedIn extends SessionSubject {
  /** The same for all tokens that follow from one sign-in. */
  readonly sessionId: string;
  /** The access token. */
  readonly token: string;
  /** Seconds until the access token expires. */
  readonly expiresIn: number;
  /** Good for one refresh; the answer brings the next. */
  readonly refreshToken: string;
  /** Seconds until the refresh token expires. */
  readonly refreshExpiresIn: number;
}
