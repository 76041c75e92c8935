/** PostgreSQL refused because of who asks. */
export const INSUFFICIENT_PRIVILEGE = '42501';
export const FOREIGN_KEY_VIOLATION = '23503';
export const UNIQUE_VIOLATION = '23505';
export const INVALID_TEXT = '22P02';
