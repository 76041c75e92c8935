/** Hosts whose tokens are known, and the user name that each wants with a token where none is given. */
const USERNAMES = {
  github: 'x-access-token',
  gitlab: 'oauth2',
  bitbucket: 'x-token-auth',
  gitea: 'oauth2',
  azure: 'pat',
  other: 'git',
} as const;

export type GitProvider = keyof typeof USERNAMES;

export const GIT_PROVIDERS: readonly GitProvider[] = ['github', 'gitlab', 'bitbucket', 'gitea', 'azure', 'other'];

/** The user name sent with a token that came without one. */
export function usualUsername(provider: string): string {
  const known = GIT_PROVIDERS.find((name) => name === provider);
  return USERNAMES[known ?? 'other'];
}
