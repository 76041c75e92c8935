import { jest } from '@jest/globals';
import { createLogger } from '#database';
import { NestLogger } from './nest-logger.js';

describe("Nest's own lines", () => {
  const logger = createLogger('trial');
  const error = jest.spyOn(logger, 'error').mockReturnValue();
  const debug = jest.spyOn(logger, 'debug').mockReturnValue();
  const nest = new NestLogger(logger);
  beforeEach(() => jest.clearAllMocks());

  it('about modules and routes are for debugging, with the part that speaks', () => {
    nest.log('Mapped {/health, GET} route', 'RouterExplorer');
    expect(debug).toHaveBeenCalledWith(expect.objectContaining({ context: 'RouterExplorer' }), 'Mapped {/health, GET} route');
  });

  it.each([
    [new Error('no database'), 'ExceptionHandler'],
    ['Error: listen EADDRINUSE: address already in use 127.0.0.1:3000', 'NestApplication'],
  ])('about a start that fails (%s) are left to whoever reports it', (message, context) => {
    nest.error(message, context);
    expect(error).not.toHaveBeenCalled();
  });

  it('about any other error are kept, with the error', () => {
    const failure = new Error('Error while stopping');
    nest.error(failure, 'NestApplication');
    expect(error).toHaveBeenCalledWith({ context: 'NestApplication', err: failure }, 'Error while stopping');
  });
});
