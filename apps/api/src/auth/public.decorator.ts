import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = 'plinth:public';

/** Marks a handler or controller that answers without an access token. Everything else needs one. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(IS_PUBLIC, true);
