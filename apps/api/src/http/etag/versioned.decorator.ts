import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ETagInterceptor } from './etag.interceptor.js';

/** The answer carries an `ETag` made of its body's `version`; a GET of what the caller already has answers 304. For handlers that answer one thing. */
export const Versioned = (): MethodDecorator & ClassDecorator => applyDecorators(UseInterceptors(ETagInterceptor));
