/** What decides which problems an operation shares with others. */
export interface OperationFacts {
  /** Their names, wherever they stand. */
  readonly parameters: readonly string[];
  readonly hasBody: boolean;
  /** `permission`, `signed-in`, `system-admin`, or undefined for everybody. */
  readonly access: unknown;
}

interface SharedProblem {
  readonly meaning: string;
  readonly codes: readonly string[];
}

interface Rule {
  readonly when: (facts: OperationFacts) => boolean;
  readonly status: number;
  readonly meaning: string;
  readonly codes: readonly string[];
}

const always = (): boolean => true;
const has =
  (name: string) =>
  ({ parameters }: OperationFacts): boolean =>
    parameters.includes(name);
const withInput = ({ parameters, hasBody }: OperationFacts): boolean => hasBody || parameters.length > 0;
const withBody = ({ hasBody }: OperationFacts): boolean => hasBody;
const asked =
  (kind: string) =>
  ({ access }: OperationFacts): boolean =>
    access === kind;

/** What an operation can answer beside what its handler says, in the order of the codes. */
const RULES: readonly Rule[] = [
  { when: withInput, status: 400, meaning: 'a field is missing, unknown or not valid', codes: ['VALIDATION_FAILED'] },
  { when: withBody, status: 400, meaning: 'the body is no JSON', codes: ['MALFORMED_JSON'] },
  { when: has('cursor'), status: 400, meaning: 'the cursor is not valid', codes: ['INVALID_CURSOR'] },
  { when: has('Idempotency-Key'), status: 400, meaning: 'Idempotency-Key is not 1 to 255 visible ASCII characters', codes: ['IDEMPOTENCY_KEY_INVALID'] },
  { when: has('If-Match'), status: 400, meaning: 'If-Match is not one ETag', codes: ['IF_MATCH_INVALID'] },
  { when: has('X-Plinth-Reason'), status: 400, meaning: 'the reason is missing or too long', codes: ['REASON_REQUIRED'] },
  // Whatever asks for a caller.
  {
    when: ({ access }) => access !== undefined,
    status: 401,
    meaning: 'no valid access token',
    codes: ['UNAUTHENTICATED', 'TOKEN_INVALID', 'TOKEN_EXPIRED', 'SESSION_ENDED', 'API_KEY_INVALID'],
  },
  { when: asked('permission'), status: 403, meaning: 'the permission is missing', codes: ['PERMISSION_DENIED', 'ORGANIZATION_SUSPENDED'] },
  { when: asked('signed-in'), status: 403, meaning: 'an API key is no person', codes: ['PERSON_REQUIRED', 'ORGANIZATION_SUSPENDED'] },
  { when: asked('system-admin'), status: 403, meaning: 'the caller does not run the platform', codes: ['SYSTEM_ADMIN_REQUIRED'] },
  {
    when: has('Idempotency-Key'),
    status: 409,
    meaning: 'the first request with this Idempotency-Key is being carried out (see Retry-After), or its outcome is not known',
    codes: ['IDEMPOTENCY_KEY_IN_USE', 'IDEMPOTENCY_OUTCOME_UNKNOWN'],
  },
  { when: has('If-Match'), status: 412, meaning: 'it has changed since; GET it again', codes: ['VERSION_CONFLICT'] },
  { when: withBody, status: 413, meaning: 'the body is too large', codes: ['BODY_TOO_LARGE'] },
  { when: withBody, status: 415, meaning: 'the body is not sent as application/json', codes: ['UNSUPPORTED_MEDIA_TYPE'] },
  { when: has('Idempotency-Key'), status: 422, meaning: 'this Idempotency-Key was used for another request', codes: ['IDEMPOTENCY_KEY_REUSED'] },
  { when: has('If-Match'), status: 428, meaning: 'If-Match is missing', codes: ['PRECONDITION_REQUIRED'] },
  { when: always, status: 429, meaning: 'too many requests in this minute', codes: ['RATE_LIMITED'] },
  { when: always, status: 500, meaning: 'a fault of ours; the request id finds it in the log', codes: ['INTERNAL_ERROR'] },
  {
    when: always,
    status: 503,
    meaning: 'the database cannot be reached or is overloaded; see Retry-After',
    codes: ['DATABASE_UNAVAILABLE', 'POOL_EXHAUSTED', 'CONNECTION_LOST', 'COMMIT_UNKNOWN', 'CONCURRENT_CHANGE', 'ROW_LOCKED', 'QUERY_TIMEOUT'],
  },
];

/** The problems of an operation by status: what they mean where the handler does not say it, and their codes. */
export function sharedProblems(facts: OperationFacts): Readonly<Record<string, SharedProblem>> {
  const found: Record<string, SharedProblem> = {};
  for (const { when, status, meaning, codes } of RULES) {
    if (!when(facts)) continue;
    const before = found[status];
    found[status] = before === undefined ? { meaning, codes } : { meaning: `${before.meaning}; or ${meaning}`, codes: [...before.codes, ...codes] };
  }
  return found;
}
