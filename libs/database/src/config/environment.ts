/** The text of the environment by variable name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

export const ENVIRONMENT_KINDS = ['development', 'test', 'production'] as const;
export type EnvironmentKind = (typeof ENVIRONMENT_KINDS)[number];

/**
 * The environments whose database is the embedded server. Membership is held in the memory of this process and not in a
 * variable, so that nobody can switch the development rules on by exporting something in a shell or a deployment.
 */
const embeddedEnvironments = new WeakSet<Environment>();

/** Records that `env` points at the embedded server. Only the code that has just joined that server calls it. */
export function markEmbeddedServer(env: Environment = process.env): void {
  embeddedEnvironments.add(env);
}

/** Whether `env` was recorded as pointing at the embedded server. */
export function usesEmbeddedServer(env: Environment = process.env): boolean {
  return embeddedEnvironments.has(env);
}

/**
 * Which rules hold. `NODE_ENV` decides when it says `development`, `test` or `production`; without one of these the embedded
 * server means development, and everything else means production: an unknown or forgotten value gets the strict rules.
 */
export function environmentKind(env: Environment = process.env): EnvironmentKind {
  const named = ENVIRONMENT_KINDS.find((kind) => kind === env['NODE_ENV']);
  if (named !== undefined) return named;
  return usesEmbeddedServer(env) ? 'development' : 'production';
}
