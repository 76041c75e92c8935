import { PlinthError } from '#database';

/** Where a service wants to listen, and the names of the variables that say so. */
export interface WantedAddress {
  readonly host: string;
  readonly port: number;
  readonly portVariable: string;
  readonly hostVariable: string;
}

/** The port is in use by another program or may not be opened by this user, or the host is none of this machine's. */
export class PortUnavailableError extends PlinthError {
  readonly code = 'PORT_UNAVAILABLE';
  readonly family = 'operator';

  constructor(wanted: WantedAddress, reason: 'taken' | 'forbidden' | 'unknown-host', cause: unknown) {
    const { host, port, portVariable, hostVariable } = wanted;
    const text = {
      taken: `Port ${port} on "${host}" is already in use. Set ${portVariable} to a free port (or ${hostVariable} to another address), or stop the other program.`,
      forbidden: `Port ${port} on "${host}" may not be opened by this user. Set ${portVariable} to one above 1023.`,
      'unknown-host': `"${host}" is no address of this machine. Set ${hostVariable} to one that is.`,
    }[reason];
    super(text, { cause, fields: { host, port, variable: portVariable } });
  }
}
