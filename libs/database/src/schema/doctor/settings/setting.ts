/** Where the value of a variable came from. */
export type SettingOrigin =
  | { readonly from: 'environment' }
  | { readonly from: 'file'; readonly file: string; readonly line: number }
  | { readonly from: 'embedded server' }
  | { readonly from: 'default' }
  | { readonly from: 'nowhere' };

/** One variable of the connection, as it may be shown. */
export interface DoctorSetting {
  readonly variable: string;
  /** The heading of its area: Database, TLS to PostgreSQL … */
  readonly area: string;
  /** Masked; null where nothing is set and there is no default. */
  readonly value: string | null;
  readonly origin: SettingOrigin;
  /** What is wrong with it, as a phrase that completes the variable's name. Never repeats the value. */
  readonly problem?: string;
}

/** What is set where, read before anything is done with it. */
export interface SettingSources {
  /** What holds in the end, by name. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Names of the environment's own variables. */
  readonly fromEnvironment: ReadonlySet<string>;
  /** The `.env` file and the line of each name that it sets. */
  readonly file: { readonly path: string; readonly lines: ReadonlyMap<string, number> };
  /** Names that the embedded server gave a value. */
  readonly fromEmbedded: ReadonlySet<string>;
}
