/** The code of an error of the operating system (ENOENT, EEXIST …), or undefined for any other value. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
