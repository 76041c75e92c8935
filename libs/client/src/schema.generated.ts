// Written by `npm run openapi` from docs/openapi.json. Change the routes, not this file.

/** Every path of the API with its methods, as openapi-fetch reads them. */
export interface paths {
  '/health': {
    /** How the service is. Status, database availability and version; the whole report with "Authorization: Bearer $HEALTH_TOKEN". */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** Good. */
        200: {
          content: {
            'application/json': components['schemas']['HealthAnswer'];
          };
        };
        /** Not ready; it recovers by itself. */
        503: {
          content: {
            'application/json': components['schemas']['HealthAnswer'];
          };
        };
      };
    };
  };
  '/health/live': {
    /** Whether the process runs. Never asks the database. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** Good. */
        200: {
          content: {
            'application/json': components['schemas']['HealthAnswer'];
          };
        };
      };
    };
  };
  '/health/ready': {
    /** Whether to send requests here. For load balancers. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** Good. */
        200: {
          content: {
            'application/json': components['schemas']['HealthAnswer'];
          };
        };
        /** Not ready; it recovers by itself. */
        503: {
          content: {
            'application/json': components['schemas']['HealthAnswer'];
          };
        };
      };
    };
  };
  '/v1/api-calls': {
    /** List the requests, newest first. Written a moment after the request, and kept for a limited number of days. */
    get: {
      parameters: {
        query?: {
          /** How many items a page has at most. */
          limit?: number;
          /** The nextCursor of the page before. Opaque. */
          cursor?: string;
        };
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['ApiCallPage'];
          };
        };
        /** Bad Request: limit or cursor is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission audit:read is missing Forbidden: the permission "audit:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/auth/login': {
    /** Sign in. One answer, in the same time, for an unknown address, a wrong password, a deactivated account, and a pause after repeated failures. After five failures from one network an address pauses there, for up to a minute; other networks go on. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['LoginRequest'];
        };
      };
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['SessionResponse'];
          };
        };
        /** Bad Request: a field is missing, unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: INVALID_CREDENTIALS: address or password is wrong */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: NO_ORGANIZATION: the account belongs to no organization */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: PASSWORD_HASHING_BUSY: too many people sign in at this moment; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/auth/refresh': {
    /** Exchange a refresh token for a new pair of tokens. Role, membership and the states of person and organization are read anew. A refresh token is good for one exchange; within a short grace (REFRESH_GRACE_SECONDS) it gives another pair, for two tabs that refresh at once. Coming back later it was copied, and the session ends for everybody. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['RefreshRequest'];
        };
      };
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['SessionResponse'];
          };
        };
        /** Bad Request: a field is missing, unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: REFRESH_TOKEN_INVALID: unknown, expired or revoked, or person, membership or organization is no longer active; REFRESH_TOKEN_REUSED: it was exchanged before */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/auth/logout': {
    /** Sign out. Ends the session of the access token: its refresh tokens at once, its access tokens within seconds. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** The session has ended. */
        204: { content?: never };
        /** Unauthorized: no valid access token, or the session has ended before */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: an API key is no person */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/auth/switch': {
    /** Go to another organization. Gives a new pair of tokens of the same session for an active organization one belongs to, where one also signs in to from then on. The refresh tokens of the session until now are exchanged with it. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['SwitchOrganizationRequest'];
        };
      };
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['SessionResponse'];
          };
        };
        /** Bad Request: a field is missing, unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: an API key is no person */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: ORGANIZATION_NOT_FOUND: there is no such active organization that one belongs to */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/auth/register': {
    /** Ask for an account and an organization. Sends a token to the address, which POST /v1/auth/verify takes with the password; nothing is made before. An address that has an account is told so by mail. The answer is the same, in the same time. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['RegisterRequest'];
        };
      };
      responses: {
        /** Accepted */
        202: {
          content: {
            'application/json': components['schemas']['CheckYourMailResponse'];
          };
        };
        /** Bad Request: a field is missing, unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: REGISTRATION_CLOSED: registration is closed */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: PASSWORD_HASHING_BUSY: too many passwords are checked at this moment (see Retry-After); MAIL_NOT_CONFIGURED: the installation sends no mail */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/auth/verify': {
    /** Prove the address and sign in. Makes the account and its organization, once. Takes the password of the registration too, so that nobody gets an account whose password somebody else chose. A wrong one leaves the token good; after several it pauses for up to a minute. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['VerifyRegistrationRequest'];
        };
      };
      responses: {
        /** Created */
        201: {
          content: {
            'application/json': components['schemas']['SessionResponse'];
          };
        };
        /** Bad Request: a field is not valid; ONE_TIME_TOKEN_INVALID: the token is unknown, used, expired or pausing, or the password is not the one of the registration */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: PASSWORD_HASHING_BUSY: too many passwords are checked at this moment; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/auth/register-invited': {
    /** Make an account by an invitation and sign in. For a person without an account. The invitation proves the address. Works also where registration is closed. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['RegisterInvitedRequest'];
        };
      };
      responses: {
        /** Created */
        201: {
          content: {
            'application/json': components['schemas']['SessionResponse'];
          };
        };
        /** Bad Request: a field is missing, unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: INVITATION_TOKEN_INVALID: the invitation is not valid, or no longer */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: EMAIL_TAKEN: the address has an account: sign in and accept */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: PASSWORD_HASHING_BUSY: too many passwords are checked at this moment; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/auth/password-reset': {
    /** Ask for a new password. Sends a token to the address where it has an account. The answer is the same, in the same time, where it has none. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['PasswordResetRequest'];
        };
      };
      responses: {
        /** Accepted */
        202: {
          content: {
            'application/json': components['schemas']['CheckYourMailResponse'];
          };
        };
        /** Bad Request: a field is missing, unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: MAIL_NOT_CONFIGURED: the installation sends no mail */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/auth/password-reset/confirm': {
    /** Set a new password. Ends all sessions of the person, and every other token that was sent to them. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['ConfirmPasswordResetRequest'];
        };
      };
      responses: {
        /** The password is set. */
        204: { content?: never };
        /** Bad Request: a field is not valid; ONE_TIME_TOKEN_INVALID: the token is unknown, used or expired */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: PASSWORD_HASHING_BUSY: too many passwords are checked at this moment; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/auth/address/confirm': {
    /** Prove a new address. From then on the person signs in with it. The old address is told. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['TokenRequest'];
        };
      };
      responses: {
        /** The address is changed. */
        204: { content?: never };
        /** Bad Request: a field is not valid; ONE_TIME_TOKEN_INVALID: the token is unknown, used or expired */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/me': {
    /** Who am I, and in which organization */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['MeResponse'];
          };
        };
        /** Unauthorized: no valid token, or the account or membership has ended */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: an API key is no person, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Change what I am called */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['RenameRequest'];
        };
      };
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['MeResponse'];
          };
        };
        /** Bad Request: a field is missing, unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token, or the session has ended */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: an API key is no person, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/me/password': {
    /** Change my password. Ends all my other sessions, and every token that was sent to me. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['ChangePasswordRequest'];
        };
      };
      responses: {
        /** The password is changed. */
        204: { content?: never };
        /** Bad Request: a field is missing, unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token, or the session has ended */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: WRONG_PASSWORD: the password is wrong Forbidden: an API key is no person, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: PASSWORD_HASHING_BUSY: too many passwords are checked at this moment; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/me/address': {
    /** Change my address. Sends a token to the new address, which POST /v1/auth/address/confirm takes. An address that has an account is told so by mail. The answer is the same, in the same time. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['ChangeAddressRequest'];
        };
      };
      responses: {
        /** Accepted */
        202: {
          content: {
            'application/json': components['schemas']['CheckYourMailResponse'];
          };
        };
        /** Bad Request: a field is missing, unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token, or the session has ended */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: WRONG_PASSWORD: the password is wrong Forbidden: an API key is no person, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: PASSWORD_HASHING_BUSY: too many passwords are checked at this moment (see Retry-After); MAIL_NOT_CONFIGURED: the installation sends no mail */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/organization': {
    /** The current organization. The ETag is what a change of it needs as If-Match. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['OrganizationResponse'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission organization:read is missing Forbidden: the permission "organization:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Change the current organization. What is left out stays. Settings are replaced as a whole. */
    patch: {
      parameters: {
        query?: never;
        header: {
          /** The ETag that GET answered. 428 without it; 412 when the thing has changed since. */
          'If-Match': string;
        };
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['UpdateOrganizationRequest'];
        };
      };
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['OrganizationResponse'];
          };
        };
        /** Bad Request: a field is unknown or not valid, or If-Match is no ETag */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission organization:update is missing Forbidden: the permission "organization:update" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: SLUG_TAKEN: another organization has the slug */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Precondition Failed: the organization has changed since */
        412: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Precondition Required: If-Match is missing */
        428: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/organizations': {
    /** Make another organization. The caller owns it and signs in to it from then on. This session stays in its organization until it switches. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** A name for this request, such as a UUID. Sent again with it, the request is not carried out again but answered as the first time, with `Idempotency-Replayed: true`. 422 for the same key with another request; 409 while the first is carried out, or when its outcome is not known. */
          'Idempotency-Key'?: string;
        };
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['CreateOrganizationRequest'];
        };
      };
      responses: {
        /** Created */
        201: {
          content: {
            'application/json': components['schemas']['OrganizationResponse'];
          };
        };
        /** Bad Request: a field is missing, unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: an API key owns no organization Forbidden: an API key is no person, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: the first request with this Idempotency-Key is being carried out (see Retry-After), or its outcome is not known */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unprocessable Entity: this Idempotency-Key was used for another request */
        422: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/members': {
    /** List the members. Those first who have had an account longest. */
    get: {
      parameters: {
        query?: {
          /** How many items a page has at most. */
          limit?: number;
          /** The nextCursor of the page before. Opaque. */
          cursor?: string;
        };
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['MemberPage'];
          };
        };
        /** Bad Request: limit or cursor is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission member:read is missing Forbidden: the permission "member:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/members/leave': {
    /** Leave the organization. What the caller made stays, but for pending invitations, which are revoked. The last active OWNER cannot leave. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** The caller belongs to it no more. */
        204: { content?: never };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: an API key belongs to no organization Forbidden: an API key is no person, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: LAST_OWNER: this is the last active OWNER */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/members/{userId}': {
    /** One member */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id of the user. */
          userId: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['MemberResponse'];
          };
        };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission member:read is missing Forbidden: the permission "member:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: MEMBER_NOT_FOUND: nobody with this id belongs to the organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Remove a member. What they made stays, but for pending invitations, which are revoked. Their sessions in this organization end within 5 seconds. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id of the user. */
          userId: string;
        };
      };
      requestBody?: never;
      responses: {
        /** They belong to it no more. */
        204: { content?: never };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission member:remove is missing, or the member is stronger than the caller (ROLE_NOT_GRANTABLE) Forbidden: the permission "member:remove" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: MEMBER_NOT_FOUND: nobody with this id belongs to the organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: LAST_OWNER: this is the last active OWNER */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Change role and permissions of a member. Nobody gives what they do not have, or changes somebody stronger. Pending invitations of the member to a stronger role than the new one are revoked. It takes effect everywhere within 5 seconds. */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id of the user. */
          userId: string;
        };
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['UpdateMemberRequest'];
        };
      };
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['MemberResponse'];
          };
        };
        /** Bad Request: a field is unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission member:update is missing, or the caller does not have what is given (ROLE_NOT_GRANTABLE) Forbidden: the permission "member:update" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: MEMBER_NOT_FOUND: nobody with this id belongs to the organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: LAST_OWNER: this is the last active OWNER */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/invitations': {
    /** List the invitations, newest first */
    get: {
      parameters: {
        query?: {
          /** How many items a page has at most. */
          limit?: number;
          /** The nextCursor of the page before. Opaque. */
          cursor?: string;
          /** Only those of this status. */
          status?: 'PENDING' | 'ACCEPTED' | 'REVOKED' | 'EXPIRED';
        };
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['InvitationPage'];
          };
        };
        /** Bad Request: limit, cursor or status is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission member:invite is missing Forbidden: the permission "member:invite" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Invite an address. The token goes to the address and to nobody else. Inviting an address again renews the pending invitation of the caller, or replaces that of somebody else: the token sent before ends. It is revoked when the caller leaves or is removed, or may grant its role no more. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** A name for this request, such as a UUID. Sent again with it, the request is not carried out again but answered as the first time, with `Idempotency-Replayed: true`. 422 for the same key with another request; 409 while the first is carried out, or when its outcome is not known. */
          'Idempotency-Key'?: string;
        };
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['CreateInvitationRequest'];
        };
      };
      responses: {
        /** Created */
        201: {
          content: {
            'application/json': components['schemas']['InvitationResponse'];
          };
        };
        /** Bad Request: a field is missing, unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission member:invite is missing, or the role is stronger than the caller (ROLE_NOT_GRANTABLE) Forbidden: the permission "member:invite" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: ALREADY_MEMBER: a member has this address */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unprocessable Entity: this Idempotency-Key was used for another request */
        422: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: MAIL_NOT_CONFIGURED: this installation sends no mail */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/invitations/accept': {
    /** Accept an invitation. Makes the caller a member of the organization that the token names. This session stays in its organization until it switches. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['AcceptInvitationRequest'];
        };
      };
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['InvitationAcceptedResponse'];
          };
        };
        /** Bad Request: a field is missing, unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: INVITATION_FOR_SOMEBODY_ELSE: the invitation was sent to another address, or the caller is an API key Forbidden: an API key is no person, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: INVITATION_TOKEN_INVALID: the token is not valid, or no longer */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: ALREADY_MEMBER: the caller belongs to the organization already */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/invitations/{id}': {
    /** Take back an invitation */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** Its token is good for nothing. */
        204: { content?: never };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission member:invite is missing, or its role is stronger than the caller (ROLE_NOT_GRANTABLE) Forbidden: the permission "member:invite" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: INVITATION_NOT_FOUND: none is pending under this id */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/audit-log': {
    /** Read the audit log, newest first. Entries are written with the change that they tell of, and never changed. What is asked for by anything but time and one subject is looked for in 10,000 entries at a time: such a page may be short, or empty, and still have a nextCursor. */
    get: {
      parameters: {
        query?: {
          /** How many items a page has at most. */
          limit?: number;
          /** The nextCursor of the page before. Opaque. */
          cursor?: string;
          /** What was done. */
          action?: string;
          /** The kind of thing, by its table. */
          subjectType?: string;
          /** Which thing. Found by an index together with subjectType. */
          subjectId?: string;
          /** Who did it: a user or an API key. */
          actorId?: string;
          /** From this moment on. */
          from?: string;
          /** Before this moment. */
          to?: string;
        };
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['AuditLogPage'];
          };
        };
        /** Bad Request: a filter, limit or cursor is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission audit:read is missing Forbidden: the permission "audit:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/sessions': {
    /** Where am I signed in. The living sessions, the newest sign-in first. */
    get: {
      parameters: {
        query?: {
          /** How many items a page has at most. */
          limit?: number;
          /** The nextCursor of the page before. Opaque. */
          cursor?: string;
        };
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['OwnSessionPage'];
          };
        };
        /** Bad Request: limit or cursor is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: an API key is no person */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** End all sessions but this one */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** They have ended. */
        204: { content?: never };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: an API key is no person */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/sessions/{id}': {
    /** End a session. Its refresh tokens end at once, its access tokens within seconds. May be the current one. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** It has ended. */
        204: { content?: never };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: an API key is no person */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: SESSION_NOT_FOUND: the caller has no such session */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/me/organizations': {
    /** Which organizations do I belong to. All of them, the one joined first leading. POST /v1/auth/switch goes to another. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['MyMembershipsResponse'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: an API key is no person */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/api-keys': {
    /** List the API keys, oldest first. Revoked and expired ones too. */
    get: {
      parameters: {
        query?: {
          /** How many items a page has at most. */
          limit?: number;
          /** The nextCursor of the page before. Opaque. */
          cursor?: string;
        };
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['ApiKeyPage'];
          };
        };
        /** Bad Request: limit or cursor is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token or API key */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission "api_key:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Create an API key. The answer shows the key, this once. It may do some of what you may do yourself, and belongs to the organization: it works on when you leave. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['CreateApiKeyRequest'];
        };
      };
      responses: {
        /** Created */
        201: {
          content: {
            'application/json': components['schemas']['CreatedApiKeyResponse'];
          };
        };
        /** Bad Request: a field is missing, unknown or not valid, or a scope is no permission */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token or API key */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission "api_key:manage" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unprocessable Entity: SCOPE_NOT_HELD: a scope is not yours to give; API_KEY_EXPIRY_PAST: expiresAt is past */
        422: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/api-keys/{id}': {
    /** One API key, without its secret */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['ApiKeyResponse'];
          };
        };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token or API key */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission "api_key:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: API_KEY_NOT_FOUND: there is no such key in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Revoke an API key. It is refused everywhere within 5 seconds, for good. The list goes on showing it. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** It is revoked. */
        204: { content?: never };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token or API key */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission "api_key:manage" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: API_KEY_NOT_FOUND: there is no such key in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/agents': {
    /** List the agents, oldest first */
    get: {
      parameters: {
        query?: {
          /** How many items a page has at most. */
          limit?: number;
          /** The nextCursor of the page before. Opaque. */
          cursor?: string;
          /** Only agents whose names begin so; capital letters make no difference. */
          name?: string;
          /** Only agents that are run (true) or are not (false). */
          active?: boolean;
          /** Only agents made from this git agent. */
          gitAgentId?: string;
        };
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['AgentPage'];
          };
        };
        /** Bad Request: a filter, the limit or the cursor is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "agent:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: GIT_AGENT_NOT_FOUND: there is no such git agent in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Make an agent. By hand, or from an agent found in a repository: with gitAgentId, what is not given is copied from the frontmatter of its file (name, description, model, parameters, tools, and as systemPrompt its prompt, or else the description). Later changes of the file change nothing here. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** A name for this request, such as a UUID. Sent again with it, the request is not carried out again but answered as the first time, with `Idempotency-Replayed: true`. 422 for the same key with another request; 409 while the first is carried out, or when its outcome is not known. */
          'Idempotency-Key'?: string;
        };
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['CreateAgentRequest'];
        };
      };
      responses: {
        /** Created */
        201: {
          content: {
            'application/json': components['schemas']['AgentResponse'];
          };
        };
        /** Bad Request: a field is missing, unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "agent:create" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: GIT_AGENT_NOT_FOUND: there is no such git agent in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: AGENT_NAME_TAKEN: the name is taken; GIT_AGENT_INACTIVE: the git agent is no longer in its repository */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unprocessable Entity: AGENT_REFUSED: a part of the agent is larger than allowed, or cannot be used */
        422: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/agents/{id}': {
    /** One agent */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['AgentResponse'];
          };
        };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "agent:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: AGENT_NOT_FOUND: there is no such agent in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Delete an agent. Its tasks go with it where withTasks says so. Runs stay: they hold what they need of the agent. */
    delete: {
      parameters: {
        query?: {
          /** Delete its tasks with it. */
          withTasks?: boolean;
        };
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** It is gone. */
        204: { content?: never };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "agent:delete" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: AGENT_NOT_FOUND: there is no such agent in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: AGENT_IN_USE: the agent has tasks */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Change an agent. What is left out stays as it is. Runs that have begun keep what they began with. */
    patch: {
      parameters: {
        query?: never;
        header: {
          /** The ETag that GET answered. 428 without it; 412 when the thing has changed since. */
          'If-Match': string;
        };
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['UpdateAgentRequest'];
        };
      };
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['AgentResponse'];
          };
        };
        /** Bad Request: a field is unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "agent:update" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: AGENT_NOT_FOUND: there is no such agent in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: AGENT_NAME_TAKEN: the name is taken */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Precondition Failed: the agent has changed since */
        412: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unprocessable Entity: AGENT_REFUSED: a part of the agent is larger than allowed, or cannot be used */
        422: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Precondition Required: If-Match is missing */
        428: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/agent-repositories': {
    /** List the repositories, oldest first */
    get: {
      parameters: {
        query?: {
          /** How many items a page has at most. */
          limit?: number;
          /** The nextCursor of the page before. Opaque. */
          cursor?: string;
        };
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['AgentRepositoryPage'];
          };
        };
        /** Bad Request: limit or cursor is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission "agent_repository:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Register a repository. Nothing is read before a sync is asked for. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** A name for this request, such as a UUID. Sent again with it, the request is not carried out again but answered as the first time, with `Idempotency-Replayed: true`. 422 for the same key with another request; 409 while the first is carried out, or when its outcome is not known. */
          'Idempotency-Key'?: string;
        };
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['CreateAgentRepositoryRequest'];
        };
      };
      responses: {
        /** Created */
        201: {
          content: {
            'application/json': components['schemas']['AgentRepositoryResponse'];
          };
        };
        /** Bad Request: a field is missing, unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission "agent_repository:create" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: AGENT_REPOSITORY_NAME_TAKEN: the name is taken */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unprocessable Entity: GIT_URL_REFUSED, GIT_BRANCH_REFUSED, AGENT_DIRECTORY_REFUSED: address, branch or folder is refused */
        422: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/agent-repositories/{id}': {
    /** One repository and how its last sync went */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['AgentRepositoryResponse'];
          };
        };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission "agent_repository:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: AGENT_REPOSITORY_NOT_FOUND: there is no such repository in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Delete a repository and the agents found in it */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** It is gone. */
        204: { content?: never };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission "agent_repository:delete" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: AGENT_REPOSITORY_NOT_FOUND: there is no such repository in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Change a repository. Another address, branch or folder makes the next sync read everything anew. The ETag names the settings only: a sync in between refuses no change. */
    patch: {
      parameters: {
        query?: never;
        header: {
          /** The ETag that GET answered. 428 without it; 412 when the thing has changed since. */
          'If-Match': string;
        };
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['UpdateAgentRepositoryRequest'];
        };
      };
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['AgentRepositoryResponse'];
          };
        };
        /** Bad Request: a field is unknown or not valid, or If-Match is */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission "agent_repository:update" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: AGENT_REPOSITORY_NOT_FOUND: there is no such repository in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: AGENT_REPOSITORY_NAME_TAKEN: the name is taken */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Precondition Failed: somebody else changed it since */
        412: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unprocessable Entity: GIT_URL_REFUSED, GIT_BRANCH_REFUSED, AGENT_DIRECTORY_REFUSED: address, branch or folder is refused */
        422: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Precondition Required: If-Match is missing */
        428: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/agent-repositories/{id}/sync': {
    /** Ask for a sync. The worker reads the repository soon. Asking again while one waits changes nothing. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** Accepted */
        202: {
          content: {
            'application/json': components['schemas']['SyncRequestedResponse'];
          };
        };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission "agent_repository:sync" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: AGENT_REPOSITORY_NOT_FOUND: there is no such repository in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/agent-repositories/{id}/credential': {
    /** What is known of the token of a repository. Never the token itself. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['GitCredentialResponse'];
          };
        };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not manage credentials in the organization */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: AGENT_REPOSITORY_NOT_FOUND: there is no such repository in this organization; GIT_CREDENTIAL_NOT_FOUND: it has no credential */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Store the token of a repository. It takes the place of the one before and is sent to the present address of the repository only, when the server there asks for it: after a change of the address, store it again. */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['PutGitCredentialRequest'];
        };
      };
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['GitCredentialResponse'];
          };
        };
        /** Bad Request: a field is missing, unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not manage credentials in the organization */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: AGENT_REPOSITORY_NOT_FOUND: there is no such repository in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unprocessable Entity: GIT_CREDENTIAL_REFUSED: token or user name cannot be sent, or nobody asks for them at this address */
        422: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Remove the token of a repository */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** It is gone. */
        204: { content?: never };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not manage credentials in the organization */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: AGENT_REPOSITORY_NOT_FOUND: there is no such repository in this organization; GIT_CREDENTIAL_NOT_FOUND: it has no credential */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/git-agents': {
    /** List the agents, in the order in which they were first found */
    get: {
      parameters: {
        query?: {
          /** How many items a page has at most. */
          limit?: number;
          /** The nextCursor of the page before. Opaque. */
          cursor?: string;
          /** Only agents with this tag. */
          tag?: string;
          /** Only agents that are (true) or are no longer (false) in their repository. */
          active?: boolean;
          /** Only agents of this repository. */
          repositoryId?: string;
        };
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['GitAgentPage'];
          };
        };
        /** Bad Request: a filter, the limit or the cursor is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission "agent_repository:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: AGENT_REPOSITORY_NOT_FOUND: there is no such repository in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/git-agents/{id}': {
    /** One agent */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['GitAgentResponse'];
          };
        };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the permission "agent_repository:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: GIT_AGENT_NOT_FOUND: there is no such agent in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/runs': {
    /** List the runs, newest first. Nested runs too: they name the run that called them. */
    get: {
      parameters: {
        query?: {
          /** How many items a page has at most. */
          limit?: number;
          /** The nextCursor of the page before. Opaque. */
          cursor?: string;
          /** Only runs in this state. */
          status?: 'QUEUED' | 'RUNNING' | 'WAITING_INPUT' | 'COMPLETED' | 'FAILED' | 'CANCELLED';
          /** Only runs of the agent with exactly this name. */
          agentName?: string;
          /** Only runs that were started with this sessionId. */
          sessionId?: string;
        };
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['RunPage'];
          };
        };
        /** Bad Request: a filter, the limit or the cursor is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "run:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Start a run. Of the agent as it is at this moment: of an organization's own agents the one with the name, or else the one found in Git. A worker takes the run on; follow its events to see what happens. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** A name for this request, such as a UUID. Sent again with it, the request is not carried out again but answered as the first time, with `Idempotency-Replayed: true`. 422 for the same key with another request; 409 while the first is carried out, or when its outcome is not known. */
          'Idempotency-Key'?: string;
        };
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['StartRunRequest'];
        };
      };
      responses: {
        /** Accepted */
        202: {
          content: {
            'application/json': components['schemas']['RunResponse'];
          };
        };
        /** Bad Request: a field is missing, unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "run:create" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: there is no such active agent in this organization (AGENT_NOT_FOUND) */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: the first request with this Idempotency-Key is being carried out (see Retry-After), or its outcome is not known */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unprocessable Entity: a limit is above what the installation allows (RUN_LIMIT_REFUSED) */
        422: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute, or as many runs are under way as may be (RUNS_LIMIT) */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/runs/{id}': {
    /** One run */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['RunResponse'];
          };
        };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "run:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: RUN_NOT_FOUND: there is no such run in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/runs/{id}/cancel': {
    /** Cancel a run. With the runs that it called. A call of a model or tool that is under way is aborted within 2 seconds. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['RunResponse'];
          };
        };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "run:cancel" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: RUN_NOT_FOUND: there is no such run in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: the run has ended already (RUN_ENDED) */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/runs/{id}/steps': {
    /** The steps of a run, in order */
    get: {
      parameters: {
        query?: {
          /** How many items a page has at most. */
          limit?: number;
          /** The nextCursor of the page before. Opaque. */
          cursor?: string;
        };
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['StepPage'];
          };
        };
        /** Bad Request: a filter, the limit or the cursor is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "run:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: RUN_NOT_FOUND: there is no such run in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/runs/{id}/data': {
    /** What the agents of a run have left, newest first. Also those of the runs above it and of the runs that they called: what any of them can read. */
    get: {
      parameters: {
        query?: {
          /** Only values with this key. */
          key?: string;
          /** Only values with all of these tags; repeat it for more than one. */
          tag?: string[];
          /** How many values a page has at most. */
          limit?: number;
          /** The nextCursor of the page before. Opaque. */
          cursor?: string;
        };
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['WorkflowDataPage'];
          };
        };
        /** Bad Request: a filter, the limit or the cursor is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "run:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: RUN_NOT_FOUND: there is no such run in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/runs/{id}/events': {
    /** Follow a run. Server-sent events: one message for each event of the run, with its number as id, its type as event and what happened as JSON. First those that are there, then those that come, until the RUN_STATUS with which the run ends. A stream that ends before its run (a restart, an access token that has expired) is opened again with the id of the last message as Last-Event-ID, and goes on without gaps or doubles. Comment lines come every 15 seconds. With `Accept: application/json` a page of events instead: ask again with nextAfter until isOver. */
    get: {
      parameters: {
        query?: {
          /** Only events after the one with this number. Last-Event-ID wins. */
          after?: number;
          /** The most events of a page; a stream has no end of its own. */
          limit?: number;
        };
        header?: {
          /** The id of the last message that the client has. Counts for more than `after`. */
          'Last-Event-ID'?: number;
        };
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** The events. */
        200: {
          content: {
            'text/event-stream': string;
            'application/json': components['schemas']['RunEventPage'];
          };
        };
        /** The run has ended, and there is nothing after the event that was named: an EventSource does not come again. */
        204: { content?: never };
        /** Bad Request: the id is no UUID, or a number of an event is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not see runs Forbidden: the permission "run:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: RUN_NOT_FOUND: there is no such run in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute, or the organization follows as many runs as it may */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the process is ending; open the stream again */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/input-requests': {
    /** List the questions of runs, oldest first */
    get: {
      parameters: {
        query?: {
          /** How many items a page has at most. */
          limit?: number;
          /** The nextCursor of the page before. Opaque. */
          cursor?: string;
          /** True: only those that a run waits for. */
          open?: boolean;
          /** Only those of this run. */
          runId?: string;
        };
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['InputRequestPage'];
          };
        };
        /** Bad Request: a filter, the limit or the cursor is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "run:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/input-requests/{id}': {
    /** One question */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['InputRequestResponse'];
          };
        };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "run:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: INPUT_REQUEST_NOT_FOUND: there is no such question in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/input-requests/{id}/answer': {
    /** Answer a question. Once. The run goes on with the answer. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** A name for this request, such as a UUID. Sent again with it, the request is not carried out again but answered as the first time, with `Idempotency-Replayed: true`. 422 for the same key with another request; 409 while the first is carried out, or when its outcome is not known. */
          'Idempotency-Key'?: string;
        };
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['AnswerRequest'];
        };
      };
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['InputRequestResponse'];
          };
        };
        /** Bad Request: the response is missing, or a field is unknown */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "input_request:respond" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: INPUT_REQUEST_NOT_FOUND: there is no such question in this organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: the question is closed: answered, or its run has ended (INPUT_REQUEST_CLOSED) */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unprocessable Entity: the response does not satisfy the schema of the question; errors names each path (INPUT_INVALID) */
        422: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/tasks': {
    /** List the tasks, newest first */
    get: {
      parameters: {
        query?: {
          /** How many items a page has at most. */
          limit?: number;
          /** The nextCursor of the page before. Opaque. */
          cursor?: string;
          /** Only tasks in this state. */
          status?: 'PENDING' | 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED';
          /** Only tasks of this agent. */
          agentId?: string;
        };
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['TaskPage'];
          };
        };
        /** Bad Request: a filter, the limit or the cursor is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "task:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Make a task. It begins at scheduledAt (left out: now), or repeats as cron says in timeZone. Each time a run of the agent is made; when that fails, the task is tried again after a growing pause, maxAttempts times in all, unless a call may have been paid for. Times missed while no worker ran are made up for once. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** A name for this request, such as a UUID. Sent again with it, the request is not carried out again but answered as the first time, with `Idempotency-Replayed: true`. 422 for the same key with another request; 409 while the first is carried out, or when its outcome is not known. */
          'Idempotency-Key'?: string;
        };
        path?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['CreateTaskRequest'];
        };
      };
      responses: {
        /** Created */
        201: {
          content: {
            'application/json': components['schemas']['TaskResponse'];
          };
        };
        /** Bad Request: a field is missing, unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "task:create" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: there is no such active agent in this organization (AGENT_NOT_FOUND) */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: the first request with this Idempotency-Key is being carried out (see Retry-After), or its outcome is not known */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unprocessable Entity: the task cannot be carried out as it is described, such as a schedule that never comes (TASK_REFUSED) */
        422: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/tasks/{id}': {
    /** One task */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['TaskResponse'];
          };
        };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "task:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: there is no such task in this organization (TASK_NOT_FOUND) */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Delete a task. The runs that it made stay. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** It is gone. */
        204: { content?: never };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "task:update" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: there is no such task in this organization (TASK_NOT_FOUND) */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: a run is carrying it out: cancel it first (TASK_RUNNING) */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
    /** Change a task that waits for its time. What is left out stays as it is. With cron null it is done once, at scheduledAt or at what would have been its next time. */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['UpdateTaskRequest'];
        };
      };
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['TaskResponse'];
          };
        };
        /** Bad Request: a field is unknown or not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "task:update" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: there is no such task in this organization (TASK_NOT_FOUND) */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: the task has begun or ended (TASK_NOT_PENDING) */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unprocessable Entity: the task cannot be carried out as it is described, such as a schedule that never comes (TASK_REFUSED) */
        422: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/tasks/{id}/cancel': {
    /** Cancel a task. And the run that carries it out. One that repeats does not come again. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['TaskResponse'];
          };
        };
        /** Bad Request: the id is no UUID */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "task:update" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: there is no such task in this organization (TASK_NOT_FOUND) */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: the task has ended already (TASK_ENDED) */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/tasks/{id}/runs': {
    /** The runs that a task made, newest first */
    get: {
      parameters: {
        query?: {
          /** How many items a page has at most. */
          limit?: number;
          /** The nextCursor of the page before. Opaque. */
          cursor?: string;
        };
        header?: never;
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['RunPage'];
          };
        };
        /** Bad Request: a filter, the limit or the cursor is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "run:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: there is no such task in this organization (TASK_NOT_FOUND) */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/usage': {
    /** The usage of some days. Days are those of UTC, and each run counts on the day on which it ended. The figures are exact at the moment of the answer. */
    get: {
      parameters: {
        query: {
          /** The first day. */
          from: string;
          /** The last day, included; at most 366 days in all. */
          to: string;
        };
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['UsageOfDaysResponse'];
          };
        };
        /** Bad Request: a day is missing or written otherwise */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "usage:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unprocessable Entity: the period ends before it begins, is too long, or has a day that no calendar has (USAGE_PERIOD_REFUSED) */
        422: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/usage/current': {
    /** The usage of this month so far. The month is that of UTC. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['UsageResponse'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller may not do this in the organization Forbidden: the permission "usage:read" is missing, or the organization is suspended */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/admin/organizations': {
    /** List all organizations, oldest first */
    get: {
      parameters: {
        query?: {
          /** How many items a page has at most. */
          limit?: number;
          /** The nextCursor of the page before. Opaque. */
          cursor?: string;
          /** Only organizations of this status. */
          status?: 'ACTIVE' | 'SUSPENDED' | 'ERASING';
        };
        header: {
          /** Why, in 1 to 500 characters; percent-encode what is not ASCII. It is kept with who called. */
          'X-Plinth-Reason': string;
        };
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['SystemOrganizationPage'];
          };
        };
        /** Bad Request: the reason is missing or too long, or an input is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller does not run the platform */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/admin/organizations/{id}/suspend': {
    /** Suspend an organization. Nobody reaches anything of it, everywhere within 5 seconds. Nothing is lost. */
    post: {
      parameters: {
        query?: never;
        header: {
          /** Why, in 1 to 500 characters; percent-encode what is not ASCII. It is kept with who called. */
          'X-Plinth-Reason': string;
        };
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['SystemOrganizationResponse'];
          };
        };
        /** Bad Request: the reason is missing or too long, or an input is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller does not run the platform */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: ORGANIZATION_NOT_FOUND: there is no such organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: ORGANIZATION_ERASING: the organization is being erased */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/admin/organizations/{id}/reactivate': {
    /** Let everybody back into a suspended organization */
    post: {
      parameters: {
        query?: never;
        header: {
          /** Why, in 1 to 500 characters; percent-encode what is not ASCII. It is kept with who called. */
          'X-Plinth-Reason': string;
        };
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['SystemOrganizationResponse'];
          };
        };
        /** Bad Request: the reason is missing or too long, or an input is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller does not run the platform */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: ORGANIZATION_NOT_FOUND: there is no such organization */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: ORGANIZATION_ERASING: the organization is being erased */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/admin/users': {
    /** List all users, or find them by their address; oldest first */
    get: {
      parameters: {
        query?: {
          /** How many items a page has at most. */
          limit?: number;
          /** The nextCursor of the page before. Opaque. */
          cursor?: string;
          /** An address, or how it begins; in any case. */
          address?: string;
        };
        header: {
          /** Why, in 1 to 500 characters; percent-encode what is not ASCII. It is kept with who called. */
          'X-Plinth-Reason': string;
        };
        path?: never;
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['SystemUserPage'];
          };
        };
        /** Bad Request: the reason is missing or too long, or an input is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller does not run the platform */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/admin/users/{id}': {
    /** One user, and where they belong */
    get: {
      parameters: {
        query?: never;
        header: {
          /** Why, in 1 to 500 characters; percent-encode what is not ASCII. It is kept with who called. */
          'X-Plinth-Reason': string;
        };
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['SystemUserDetails'];
          };
        };
        /** Bad Request: the reason is missing or too long, or an input is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller does not run the platform */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: USER_NOT_FOUND: there is no such user */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/admin/users/{id}/deactivate': {
    /** Keep a user out. Their sessions end everywhere within 5 seconds, and they cannot sign in. What they made stays. */
    post: {
      parameters: {
        query?: never;
        header: {
          /** Why, in 1 to 500 characters; percent-encode what is not ASCII. It is kept with who called. */
          'X-Plinth-Reason': string;
        };
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['SystemUserDetails'];
          };
        };
        /** Bad Request: the reason is missing or too long, or an input is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller does not run the platform */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: USER_NOT_FOUND: there is no such user */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: OWN_ACCOUNT: it is your own account */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/admin/users/{id}/reactivate': {
    /** Let a user sign in again */
    post: {
      parameters: {
        query?: never;
        header: {
          /** Why, in 1 to 500 characters; percent-encode what is not ASCII. It is kept with who called. */
          'X-Plinth-Reason': string;
        };
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['SystemUserDetails'];
          };
        };
        /** Bad Request: the reason is missing or too long, or an input is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller does not run the platform */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: USER_NOT_FOUND: there is no such user */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/admin/users/{id}/anonymise': {
    /** Remove what tells who a user is, for good. Name and address are replaced; password, tokens, sessions and memberships are removed. What they made stays. */
    post: {
      parameters: {
        query?: never;
        header: {
          /** Why, in 1 to 500 characters; percent-encode what is not ASCII. It is kept with who called. */
          'X-Plinth-Reason': string;
        };
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody?: never;
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['SystemUserDetails'];
          };
        };
        /** Bad Request: the reason is missing or too long, or an input is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller does not run the platform */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: USER_NOT_FOUND: there is no such user */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: LAST_OWNER: they are the last OWNER of organizations, which `details` lists; OWN_ACCOUNT: it is your own account */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
  '/v1/admin/users/{id}/delete': {
    /** Delete a user, for good. Without a decision it answers 409 and changes nothing; `details` counts, by table, what would go with the user. Then say who gets what they made (`giveTo`), or that it may be lost (`lose`). */
    post: {
      parameters: {
        query?: never;
        header: {
          /** Why, in 1 to 500 characters; percent-encode what is not ASCII. It is kept with who called. */
          'X-Plinth-Reason': string;
        };
        path: {
          /** The id, as an answer gave it. */
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['DeleteUserRequest'];
        };
      };
      responses: {
        /** OK */
        200: {
          content: {
            'application/json': components['schemas']['UserRemovalResponse'];
          };
        };
        /** Bad Request: the reason is missing or too long, or an input is not valid */
        400: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unauthorized: no valid access token */
        401: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Forbidden: the caller does not run the platform */
        403: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Not Found: USER_NOT_FOUND: there is no such user */
        404: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Conflict: DELETION_UNDECIDED: there is no decision yet; KEEPER_NOT_MEMBER: the person named in giveTo belongs to too few organizations; OWN_ACCOUNT: it is your own account */
        409: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Payload Too Large: the body is too large */
        413: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unsupported Media Type: the body is not sent as application/json */
        415: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Unprocessable Entity: KEEPER_UNFIT: the person named in giveTo is not another, active user */
        422: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Too Many Requests: too many requests in this minute */
        429: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Internal Server Error: a fault of ours; the request id finds it in the log */
        500: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
        /** Service Unavailable: the database cannot be reached or is overloaded; see Retry-After */
        503: {
          content: {
            'application/problem+json': components['schemas']['ProblemModel'];
          };
        };
      };
    };
  };
}

/** The named shapes of requests and answers. */
export interface components {
  schemas: {
    ApiCallResponse: {
      id: string;
      /** The user who called, if it was one. */
      userId: string | null;
      /** The API key that was used, if any. */
      apiKeyId: string | null;
      method: string;
      /** The template of the route, never the path. */
      route: string;
      statusCode: number;
      /** In milliseconds. */
      durationMs: number;
      /** The X-Request-Id of the answer. */
      requestId: string;
      ip: string | null;
      userAgent: string | null;
      createdAt: string;
    };
    ApiCallPage: {
      items: components['schemas']['ApiCallResponse'][];
      /** null on the last page. */
      nextCursor: string | null;
    };
    LoginRequest: {
      email: string;
      password: string;
    };
    SessionResponse: {
      accessToken: string;
      tokenType: 'Bearer';
      /** Seconds until the access token expires. */
      expiresIn: number;
      /** Good for one POST /v1/auth/refresh, whose answer brings the next. */
      refreshToken: string;
      /** Seconds until the refresh token expires. */
      refreshExpiresIn: number;
      /** The same until one signs in again. */
      sessionId: string;
      userId: string;
      organizationId: string;
      role: 'OWNER' | 'ADMIN' | 'DEVELOPER' | 'VIEWER';
    };
    RefreshRequest: {
      refreshToken: string;
    };
    SwitchOrganizationRequest: {
      /** One of those that GET /v1/me/organizations lists as ACTIVE. */
      organizationId: string;
    };
    RegisterRequest: {
      /** Kept in lower case. */
      email: string;
      password: string;
      /** What the person is called. */
      name: string;
      /** The organization that is made with the account. Its slug is derived from the name. */
      organizationName: string;
    };
    CheckYourMailResponse: {
      status: 'check-your-mail';
    };
    VerifyRegistrationRequest: {
      /** What was sent to the address. Good once. */
      token: string;
      /** The one that was chosen when registering. */
      password: string;
    };
    RegisterInvitedRequest: {
      /** What was sent to the address that is invited. Good once. */
      token: string;
      password: string;
      /** What the person is called. */
      name: string;
    };
    PasswordResetRequest: {
      /** The address of the account. */
      email: string;
    };
    ConfirmPasswordResetRequest: {
      /** What was sent to the address. Good once. */
      token: string;
      password: string;
    };
    TokenRequest: {
      /** What was sent to the address. Good once. */
      token: string;
    };
    RenameRequest: {
      /** What the person is called, in every organization. */
      name: string;
    };
    MyOrganization: {
      id: string;
      name: string;
      slug: string;
      role: 'OWNER' | 'ADMIN' | 'DEVELOPER' | 'VIEWER';
      /** Permissions beyond those of the role. */
      permissions: string[];
      joinedAt: string;
    };
    MeResponse: {
      id: string;
      email: string;
      name: string;
      emailVerifiedAt: string | null;
      lastLoginAt: string | null;
      createdAt: string;
      /** The organization of this session. */
      organization: components['schemas']['MyOrganization'];
    };
    ChangePasswordRequest: {
      currentPassword: string;
      newPassword: string;
    };
    ChangeAddressRequest: {
      /** The new address. Kept in lower case. */
      email: string;
      password: string;
    };
    OrganizationResponse: {
      id: string;
      name: string;
      slug: string;
      description: string | null;
      settings: Record<string, unknown>;
      status: 'ACTIVE' | 'SUSPENDED' | 'ERASING';
      /** Raised by each change; the ETag. */
      version: number;
      createdAt: string;
      updatedAt: string;
    };
    UpdateOrganizationRequest: {
      name?: string;
      /** Unique over all organizations: lower-case letters, digits and single hyphens. */
      slug?: string;
      description?: string | null;
      /** Replaces all settings. At most 16384 bytes of JSON. */
      settings?: Record<string, unknown>;
    };
    CreateOrganizationRequest: {
      /** Its slug is derived from the name. */
      name: string;
    };
    MemberResponse: {
      userId: string;
      name: string;
      email: string;
      role: 'OWNER' | 'ADMIN' | 'DEVELOPER' | 'VIEWER';
      /** Permissions beyond those of the role. */
      permissions: string[];
      /** False for somebody who cannot sign in. */
      isActive: boolean;
      joinedAt: string;
    };
    MemberPage: {
      items: components['schemas']['MemberResponse'][];
      /** null on the last page. */
      nextCursor: string | null;
    };
    UpdateMemberRequest: {
      role?: 'OWNER' | 'ADMIN' | 'DEVELOPER' | 'VIEWER';
      /** All permissions beyond those of the role, from then on. */
      permissions?: (
        | 'organization:read'
        | 'organization:update'
        | 'organization:delete'
        | 'audit:read'
        | 'usage:read'
        | 'member:read'
        | 'member:invite'
        | 'member:update'
        | 'member:remove'
        | 'role:read'
        | 'role:manage'
        | 'team:read'
        | 'team:manage'
        | 'api_key:read'
        | 'api_key:manage'
        | 'agent:read'
        | 'agent:create'
        | 'agent:update'
        | 'agent:delete'
        | 'agent_repository:read'
        | 'agent_repository:create'
        | 'agent_repository:update'
        | 'agent_repository:delete'
        | 'agent_repository:sync'
        | 'git_credential:manage'
        | 'run:read'
        | 'run:create'
        | 'run:cancel'
        | 'input_request:respond'
        | 'task:read'
        | 'task:create'
        | 'task:update'
        | 'job:read'
        | 'job:retry'
        | 'billing:read'
        | 'billing:manage'
        | 'file:read'
        | 'file:create'
        | 'file:share'
        | 'file:delete'
        | 'email_template:read'
        | 'email_template:manage'
      )[];
    };
    CreateInvitationRequest: {
      /** Kept in lower case. */
      email: string;
      /** What the person becomes; nothing stronger than the caller is. */
      role: 'OWNER' | 'ADMIN' | 'DEVELOPER' | 'VIEWER';
    };
    InvitationResponse: {
      id: string;
      email: string;
      role: 'OWNER' | 'ADMIN' | 'DEVELOPER' | 'VIEWER';
      /** EXPIRED: nobody accepted it in time. */
      status: 'PENDING' | 'ACCEPTED' | 'REVOKED' | 'EXPIRED';
      expiresAt: string;
      /** Who asked; null where an API key did. */
      createdBy: string | null;
      acceptedBy: string | null;
      acceptedAt: string | null;
      createdAt: string;
    };
    InvitationPage: {
      items: components['schemas']['InvitationResponse'][];
      /** null on the last page. */
      nextCursor: string | null;
    };
    AcceptInvitationRequest: {
      /** What was sent to the address. Good once. */
      token: string;
    };
    InvitationAcceptedResponse: {
      organizationId: string;
      role: 'OWNER' | 'ADMIN' | 'DEVELOPER' | 'VIEWER';
    };
    AuditLogEntry: {
      id: string;
      actorType: 'USER' | 'API_KEY' | 'WORKER' | 'SYSTEM';
      actorId: string | null;
      action: string;
      subjectType: string | null;
      subjectId: string | null;
      changes: Record<string, unknown> | null;
      /** The request or job in which it happened. */
      requestId: string | null;
      createdAt: string;
    };
    AuditLogPage: {
      items: components['schemas']['AuditLogEntry'][];
      /** null on the last page. */
      nextCursor: string | null;
    };
    SessionOrganization: {
      id: string;
      name: string;
      slug: string;
    };
    OwnSessionResponse: {
      id: string;
      /** When one signed in. */
      createdAt: string;
      /** When a token of the session was last made. */
      lastUsedAt: string;
      /** From where that was. */
      ip: string | null;
      userAgent: string | null;
      /** Where the session is. */
      organization: components['schemas']['SessionOrganization'];
      /** Whether it is the session that asks. */
      current: boolean;
    };
    OwnSessionPage: {
      items: components['schemas']['OwnSessionResponse'][];
      /** Where the next page begins; null on the last. */
      nextCursor: string | null;
    };
    MyMembershipResponse: {
      id: string;
      name: string;
      slug: string;
      /** One can go to those that are ACTIVE. */
      status: 'ACTIVE' | 'SUSPENDED' | 'ERASING';
      role: 'OWNER' | 'ADMIN' | 'DEVELOPER' | 'VIEWER';
      joinedAt: string;
      /** Whether it is the organization of this session. */
      current: boolean;
    };
    MyMembershipsResponse: {
      items: components['schemas']['MyMembershipResponse'][];
    };
    CreateApiKeyRequest: {
      name: string;
      /** What the key may do: some of what you may do yourself. */
      scopes: (
        | 'organization:read'
        | 'organization:update'
        | 'organization:delete'
        | 'audit:read'
        | 'usage:read'
        | 'member:read'
        | 'member:invite'
        | 'member:update'
        | 'member:remove'
        | 'role:read'
        | 'role:manage'
        | 'team:read'
        | 'team:manage'
        | 'api_key:read'
        | 'api_key:manage'
        | 'agent:read'
        | 'agent:create'
        | 'agent:update'
        | 'agent:delete'
        | 'agent_repository:read'
        | 'agent_repository:create'
        | 'agent_repository:update'
        | 'agent_repository:delete'
        | 'agent_repository:sync'
        | 'git_credential:manage'
        | 'run:read'
        | 'run:create'
        | 'run:cancel'
        | 'input_request:respond'
        | 'task:read'
        | 'task:create'
        | 'task:update'
        | 'job:read'
        | 'job:retry'
        | 'billing:read'
        | 'billing:manage'
        | 'file:read'
        | 'file:create'
        | 'file:share'
        | 'file:delete'
        | 'email_template:read'
        | 'email_template:manage'
      )[];
      /** Without it the key does not expire. */
      expiresAt?: string | null;
    };
    CreatedApiKeyResponse: {
      id: string;
      name: string;
      /** The middle of the key, by which it is recognised. No secret. */
      prefix: string;
      scopes: string[];
      /** null where another key made it, or once that account is gone. */
      createdBy: string | null;
      /** null once that person has left. The key goes on working. */
      creatorName: string | null;
      expiresAt: string | null;
      /** Up to a minute old. */
      lastUsedAt: string | null;
      revokedAt: string | null;
      createdAt: string;
      /** The key, shown this once: send it as "Authorization: Bearer plk_…". */
      key: string;
    };
    ApiKeyResponse: {
      id: string;
      name: string;
      /** The middle of the key, by which it is recognised. No secret. */
      prefix: string;
      scopes: string[];
      /** null where another key made it, or once that account is gone. */
      createdBy: string | null;
      /** null once that person has left. The key goes on working. */
      creatorName: string | null;
      expiresAt: string | null;
      /** Up to a minute old. */
      lastUsedAt: string | null;
      revokedAt: string | null;
      createdAt: string;
    };
    ApiKeyPage: {
      items: components['schemas']['ApiKeyResponse'][];
      /** null on the last page. */
      nextCursor: string | null;
    };
    CreateAgentRequest: {
      /** Unique in the organization. */
      name?: string;
      description?: string | null;
      /** null: the model that the installation runs by default. */
      model?: string | null;
      /** At most 262,144 bytes. */
      systemPrompt?: string | null;
      /** Parameters of the model, by name. At most 16,384 bytes as JSON. */
      parameters?: Record<string, unknown>;
      tools?: string[];
      /** False: kept, but not run. */
      isActive?: boolean;
      /** The git agent to copy from. Without it a name is required. */
      gitAgentId?: string;
    };
    AgentResponse: {
      id: string;
      name: string;
      description: string | null;
      model: string | null;
      systemPrompt: string | null;
      parameters: Record<string, unknown>;
      tools: string[];
      /** The git agent it was made from. */
      gitAgentId: string | null;
      isActive: boolean;
      /** Raised by each change; the ETag. */
      version: number;
      createdAt: string;
      updatedAt: string;
    };
    AgentPage: {
      items: components['schemas']['AgentResponse'][];
      /** null on the last page. */
      nextCursor: string | null;
    };
    UpdateAgentRequest: {
      /** Unique in the organization. */
      name?: string;
      description?: string | null;
      /** null: the model that the installation runs by default. */
      model?: string | null;
      /** At most 262,144 bytes. */
      systemPrompt?: string | null;
      /** Parameters of the model, by name. At most 16,384 bytes as JSON. */
      parameters?: Record<string, unknown>;
      tools?: string[];
      /** False: kept, but not run. */
      isActive?: boolean;
    };
    CreateAgentRepositoryRequest: {
      /** Unique in the organization. */
      name: string;
      /** https in production; also file and http in development. Without user and password. */
      gitUrl: string;
      branch?: string;
      /** Look for agents in the whole repository. True where no agentDirectory is given. */
      isRoot?: boolean;
      /** Look for agents below this folder only. */
      agentDirectory?: string | null;
    };
    SyncProblemModel: {
      path: string | null;
      code: string;
      message: string;
    };
    AgentRepositoryResponse: {
      id: string;
      name: string;
      gitUrl: string;
      branch: string;
      isRoot: boolean;
      agentDirectory: string | null;
      lastSyncCommitHash: string | null;
      lastSyncAt: string | null;
      /** null before the first sync. */
      lastSyncStatus: 'success' | 'failure' | 'in_progress' | null;
      lastSyncErrors: components['schemas']['SyncProblemModel'][];
      /** Raised by each change. */
      version: number;
      createdAt: string;
      updatedAt: string;
    };
    AgentRepositoryPage: {
      items: components['schemas']['AgentRepositoryResponse'][];
      /** null on the last page. */
      nextCursor: string | null;
    };
    UpdateAgentRepositoryRequest: {
      name?: string;
      gitUrl?: string;
      branch?: string;
      /** Where only agentDirectory is given: whether that is null. */
      isRoot?: boolean;
      agentDirectory?: string | null;
    };
    SyncRequestedResponse: {
      repositoryId: string;
      status: 'queued';
    };
    PutGitCredentialRequest: {
      /** Whose token it is. */
      provider: 'github' | 'gitlab' | 'bitbucket' | 'gitea' | 'azure' | 'other';
      /** Sent with the token. Without it the one that is usual for the provider is sent. */
      username?: string | null;
      /** Printable ASCII without blanks. Stored encrypted, never shown. */
      token: string;
      /** What you call the token. */
      tokenName?: string | null;
      /** When the host stops accepting it, as far as you know. You are warned 14 days before. */
      expiresAt?: string | null;
    };
    GitCredentialResponse: {
      repositoryId: string;
      provider: string;
      /** null: the one that is usual for the provider. */
      username: string | null;
      tokenName: string | null;
      expiresAt: string | null;
      /** When a sync last had it sent, well or not; null: never. */
      lastUsedAt: string | null;
      /** The key it is encrypted with. */
      keyId: string | null;
      /** EXPIRES_SOON: within 14 days. */
      warning: 'EXPIRES_SOON' | 'EXPIRED' | null;
      createdAt: string;
      updatedAt: string;
    };
    GitAgentResponse: {
      id: string;
      repositoryId: string;
      name: string;
      description: string | null;
      filePath: string;
      /** MD5 of the file. */
      contentHash: string;
      frontmatter: Record<string, unknown>;
      tags: string[];
      isActive: boolean;
      lastModifiedCommitHash: string | null;
      createdAt: string;
      updatedAt: string;
    };
    GitAgentPage: {
      items: components['schemas']['GitAgentResponse'][];
      /** null on the last page. */
      nextCursor: string | null;
    };
    RunLimitsRequest: {
      /** Model calls, tool calls, questions and nested runs. */
      maxSteps?: number;
      /** How deep agents may call agents; 1: none may. */
      maxDepth?: number;
      /** Milliseconds, without the time it waits for a person. */
      maxWallMs?: number;
      /** Tokens in and out, those of nested runs included. */
      maxTokens?: number;
      /** Millionths of the currency unit, those of nested runs included. */
      maxCostMicros?: number;
    };
    StartRunRequest: {
      /** The name of the agent. Either this or agentId. */
      agent?: string;
      /** The id of the agent, or of one found in Git. Either this or agent. */
      agentId?: string;
      prompt: string;
      /** A name of your own, the same for the runs of one conversation. */
      sessionId?: string;
      /** Less than what the installation allows; what is left out is what it allows. */
      limits?: components['schemas']['RunLimitsRequest'];
    };
    RunResponse: {
      id: string;
      agentName: string;
      status: 'QUEUED' | 'RUNNING' | 'WAITING_INPUT' | 'COMPLETED' | 'FAILED' | 'CANCELLED';
      sessionId: string | null;
      /** The run that called this one. */
      parentRunId: string | null;
      /** The agents above this run, the outermost first. */
      callStack: string[];
      prompt: string | null;
      output: Record<string, unknown> | null;
      /** Why it failed; stable. */
      errorCode: string | null;
      errorMessage: string | null;
      limits: components['schemas']['RunLimitsRequest'];
      stepCount: number;
      /** The number of the last event. */
      eventCount: number;
      /** Without those of nested runs; so is the cost. */
      totalTokens: number;
      /** Millionths of the currency unit. */
      costMicros: number;
      /** The person who started it; null: an API key, a task or another run. */
      createdBy: string | null;
      createdAt: string;
      startedAt: string | null;
      completedAt: string | null;
    };
    RunPage: {
      items: components['schemas']['RunResponse'][];
      /** null on the last page. */
      nextCursor: string | null;
    };
    StepResponse: {
      id: string;
      /** Its place in the run, from 1, without gaps. */
      sequenceNumber: number;
      type: 'MODEL' | 'TOOL' | 'AGENT' | 'INPUT' | 'DATA';
      status: 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'SKIPPED' | 'CANCELLED';
      /** What it was asked: a call with its arguments. null for a model call, which is asked the conversation so far. */
      input: Record<string, unknown> | null;
      /** What came of it: { result }, or of a model call { content, toolCalls, finishReason, isEstimate }. */
      output: Record<string, unknown> | null;
      errorCode: string | null;
      errorMessage: string | null;
      /** The model of a model call. */
      model: string | null;
      inputTokens: number;
      outputTokens: number;
      /** Millionths of the currency unit. */
      costMicros: number;
      startedAt: string | null;
      completedAt: string | null;
    };
    StepPage: {
      items: components['schemas']['StepResponse'][];
      /** null on the last page. */
      nextCursor: string | null;
    };
    WorkflowDataResponse: {
      id: string;
      /** The run whose agent left it. */
      runId: string;
      key: string;
      /** What was left: any JSON. */
      value: Record<string, unknown> | unknown[] | string | number | boolean | null;
      dataType: string | null;
      tags: string[];
      createdByAgent: string | null;
      createdAt: string;
    };
    WorkflowDataPage: {
      items: components['schemas']['WorkflowDataResponse'][];
      /** null on the last page. */
      nextCursor: string | null;
    };
    RunEventResponse: {
      /** From 1, without gaps: the id of the message in a stream. */
      number: number;
      type: 'RUN_STATUS' | 'STEP_STARTED' | 'STEP_ENDED' | 'INPUT_REQUESTED' | 'INPUT_ANSWERED';
      /** What happened; its properties follow from the type. */
      data: Record<string, unknown>;
      createdAt: string;
    };
    RunEventPage: {
      items: components['schemas']['RunEventResponse'][];
      /** What to ask for as `after` next. */
      nextAfter: number;
      /** True: the run has ended, and nothing comes after these. */
      isOver: boolean;
    };
    InputRequestResponse: {
      id: string;
      runId: string;
      stepId: string | null;
      /** The agent that asks. */
      agentName: string;
      prompt: string;
      /** JSON Schema that the answer must satisfy. null: any answer will do. */
      schema: Record<string, unknown> | null;
      /** The answer; null until it is given. */
      response: Record<string, unknown> | unknown[] | string | number | boolean | null;
      /** The person who answered; null: an API key, or nobody yet. */
      respondedBy: string | null;
      requestedAt: string;
      respondedAt: string | null;
      /** True: the run waits for the answer. */
      isOpen: boolean;
    };
    InputRequestPage: {
      items: components['schemas']['InputRequestResponse'][];
      /** null on the last page. */
      nextCursor: string | null;
    };
    AnswerRequest: {
      /** Any JSON that satisfies the schema of the question. */
      response: Record<string, unknown> | unknown[] | string | number | boolean | null;
    };
    CreateTaskRequest: {
      /** 1 begins before the organization's other tasks, -1 after them. */
      priority?: -1 | 0 | 1;
      /** How often it is tried, before it has failed. */
      maxAttempts?: number;
      /** Not before this moment; one that is over is now. Not together with cron. */
      scheduledAt?: string;
      /** It repeats: minute, hour, day of the month, month, day of the week. */
      cron?: string | null;
      /** The time zone of the IANA database in which cron is read; UTC where it is left out. A time that the clocks leave out comes right behind the gap, one that comes twice is the first. */
      timeZone?: string;
      /** One of the organization's own agents. */
      agentId: string;
      /** In one line. */
      title: string;
      /** What the agent is given: the prompt, and below it everything else as JSON. At most 262,144 bytes. */
      input: {
        prompt?: string;
        [other: string]: unknown;
      };
    };
    TaskResponse: {
      id: string;
      agentId: string;
      title: string;
      input: Record<string, unknown>;
      /** PENDING waits for its time, QUEUED for room or its next attempt, RUNNING for its run. One that repeats goes back to PENDING. */
      status: 'PENDING' | 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED';
      priority: -1 | 0 | 1;
      /** Of a task that repeats, its next time. */
      scheduledAt: string | null;
      cron: string | null;
      timeZone: string | null;
      /** How often it was tried; of a task that repeats: this time. */
      attempts: number;
      maxAttempts: number;
      /** The run that carries it out, or did so last. */
      runId: string | null;
      /** What the agent answered last. */
      output: Record<string, unknown> | null;
      /** Why the last attempt failed. */
      errorMessage: string | null;
      startedAt: string | null;
      completedAt: string | null;
      /** The user who made it; null where an API key did. */
      createdBy: string | null;
      createdAt: string;
      updatedAt: string;
    };
    TaskPage: {
      items: components['schemas']['TaskResponse'][];
      /** null on the last page. */
      nextCursor: string | null;
    };
    UpdateTaskRequest: {
      /** 1 begins before the organization's other tasks, -1 after them. */
      priority?: -1 | 0 | 1;
      /** How often it is tried, before it has failed. */
      maxAttempts?: number;
      /** Not before this moment; one that is over is now. Not together with cron. */
      scheduledAt?: string;
      /** It repeats: minute, hour, day of the month, month, day of the week. */
      cron?: string | null;
      /** The time zone of the IANA database in which cron is read; UTC where it is left out. A time that the clocks leave out comes right behind the gap, one that comes twice is the first. */
      timeZone?: string;
      /** In one line. */
      title?: string;
      /** What the agent is given: the prompt, and below it everything else as JSON. At most 262,144 bytes. */
      input?: {
        prompt?: string;
        [other: string]: unknown;
      };
    };
    ModelUsageResponse: {
      calls: number;
      inputTokens: number;
      outputTokens: number;
      /** Millionths of the currency unit. */
      costMicros: number;
    };
    UsageOfDayResponse: {
      /** Runs that ended, nested ones included. */
      runs: number;
      tokens: number;
      /** Millionths of the currency unit. */
      costMicros: number;
      /** Number of runs by how they ended: COMPLETED, FAILED, CANCELLED. */
      runsByStatus: Record<string, number>;
      /** By language model. */
      models: Record<string, components['schemas']['ModelUsageResponse']>;
      date: string;
    };
    UsageOfDaysResponse: {
      /** Runs that ended, nested ones included. */
      runs: number;
      tokens: number;
      /** Millionths of the currency unit. */
      costMicros: number;
      /** Number of runs by how they ended: COMPLETED, FAILED, CANCELLED. */
      runsByStatus: Record<string, number>;
      /** By language model. */
      models: Record<string, components['schemas']['ModelUsageResponse']>;
      from: string;
      /** The first moment after the period. */
      to: string;
      /** In order; days on which no run ended are left out. */
      days: components['schemas']['UsageOfDayResponse'][];
    };
    UsageResponse: {
      /** Runs that ended, nested ones included. */
      runs: number;
      tokens: number;
      /** Millionths of the currency unit. */
      costMicros: number;
      /** Number of runs by how they ended: COMPLETED, FAILED, CANCELLED. */
      runsByStatus: Record<string, number>;
      /** By language model. */
      models: Record<string, components['schemas']['ModelUsageResponse']>;
      from: string;
      /** The first moment after the period. */
      to: string;
    };
    SystemOrganizationResponse: {
      id: string;
      name: string;
      slug: string;
      status: 'ACTIVE' | 'SUSPENDED' | 'ERASING';
      /** How many people belong to it. */
      members: number;
      createdAt: string;
    };
    SystemOrganizationPage: {
      items: components['schemas']['SystemOrganizationResponse'][];
      /** null on the last page. */
      nextCursor: string | null;
    };
    SystemUserResponse: {
      id: string;
      email: string;
      name: string;
      isActive: boolean;
      systemRole: 'USER' | 'SYSTEM_ADMIN';
      emailVerifiedAt: string | null;
      lastLoginAt: string | null;
      createdAt: string;
    };
    SystemUserPage: {
      items: components['schemas']['SystemUserResponse'][];
      /** null on the last page. */
      nextCursor: string | null;
    };
    SystemMembershipModel: {
      organizationId: string;
      name: string;
      role: 'OWNER' | 'ADMIN' | 'DEVELOPER' | 'VIEWER';
    };
    SystemUserDetails: {
      id: string;
      email: string;
      name: string;
      isActive: boolean;
      systemRole: 'USER' | 'SYSTEM_ADMIN';
      emailVerifiedAt: string | null;
      lastLoginAt: string | null;
      createdAt: string;
      memberships: components['schemas']['SystemMembershipModel'][];
    };
    DeleteUserRequest: {
      /** Who gets what the user made. Not together with lose. */
      giveTo?: string;
      /** An explicit yes to losing it. */
      lose?: true;
    };
    GoneRowsModel: {
      table: string;
      rows: number;
    };
    ForgettingRowsModel: {
      table: string;
      rows: number;
      column: string;
    };
    NamedOrganizationModel: {
      id: string;
      name: string;
    };
    UserRemovalResponse: {
      /** Rows that went with the user, by table. */
      goes: components['schemas']['GoneRowsModel'][];
      /** Rows that stayed and no longer say who it was. */
      forgets: components['schemas']['ForgettingRowsModel'][];
      /** Organizations that have no active OWNER any more. */
      ownerless: components['schemas']['NamedOrganizationModel'][];
    };
    FieldProblemModel: {
      field: string;
      code: string;
      message: string;
    };
    ProblemModel: {
      type: string;
      title: string;
      status: number;
      /** Stable: compare this, never the texts. */
      code: string;
      detail: string;
      errors?: components['schemas']['FieldProblemModel'][];
      /** What else is needed to decide; its shape follows from the code. */
      details?: Record<string, unknown>;
      requestId: string;
    };
    /** Who carries HEALTH_TOKEN is told more: each check with what it found. */
    HealthAnswer: {
      status: 'ok' | 'error' | 'degraded' | 'shutting_down';
      database?: 'up' | 'down' | 'unknown';
      version?: string;
      [other: string]: unknown;
    };
  };
}

/** The operations that are carried out once for one Idempotency-Key, as `POST /v1/agents`. */
export const IDEMPOTENT_OPERATIONS: ReadonlySet<string> = new Set([
  'POST /v1/organizations',
  'POST /v1/invitations',
  'POST /v1/agents',
  'POST /v1/agent-repositories',
  'POST /v1/runs',
  'POST /v1/input-requests/{id}/answer',
  'POST /v1/tasks',
]);
