import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { declaredAccess, type DeclaredAccess } from './declared-access.js';
import { UndeclaredAccessError } from './errors.js';

/** A handler of a route, and what it asks of its caller. */
export interface HandlerAccess {
  /** `<controller>.<method>`. */
  readonly name: string;
  readonly access: DeclaredAccess | undefined;
}

/** Keeps the application from starting while a handler does not say who may call it. */
@Injectable()
export class AccessDeclarations implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @throws UndeclaredAccessError with the names of all such handlers */
  onModuleInit(): void {
    const undeclared = this.handlers().filter(({ access }) => access === undefined);
    if (undeclared.length > 0) throw new UndeclaredAccessError(undeclared.map(({ name }) => name));
  }

  /** Every handler of every controller. */
  handlers(): HandlerAccess[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => (typeof metatype === 'function' ? this.#handlersOf(metatype as Type) : []));
  }

  #handlersOf(controller: Type): HandlerAccess[] {
    const prototype = controller.prototype as Record<string, unknown>;
    return this.scanner.getAllMethodNames(prototype).flatMap((method) => {
      const handler = prototype[method];
      if (typeof handler !== 'function' || !Reflect.hasMetadata(PATH_METADATA, handler)) return [];
      return [{ name: `${controller.name}.${method}`, access: declaredAccess(handler as () => unknown, controller) }];
    });
  }
}
