import type { Type } from '@nestjs/common';
import { UndeclaredAccessError } from './errors.js';
import { IS_PUBLIC } from './public.decorator.js';
import { REQUIRED_ACCESS, type RequiredAccess } from './require-permission.decorator.js';

/** What a handler asks of its caller, `public` being nothing. */
export type DeclaredAccess = RequiredAccess | { readonly kind: 'public' };

type Handler = (...parameters: never[]) => unknown;

/**
 * What is declared on the handler, or else on its controller; nothing where either says nothing, or two things at once.
 * What a handler says replaces what its controller says.
 */
export function declaredAccess(handler: Handler, controller: Type): DeclaredAccess | undefined {
  return isDeclared(handler) ? readFrom(handler) : readFrom(controller);
}

/** As {@link declaredAccess}. @throws UndeclaredAccessError where there is none */
export function accessOf(handler: Handler, controller: Type): DeclaredAccess {
  const access = declaredAccess(handler, controller);
  if (access === undefined) throw new UndeclaredAccessError([`${controller.name}.${handler.name}`]);
  return access;
}

function isDeclared(target: object): boolean {
  return Reflect.hasMetadata(IS_PUBLIC, target) || Reflect.hasMetadata(REQUIRED_ACCESS, target);
}

function readFrom(target: object): DeclaredAccess | undefined {
  const isPublic = Reflect.getMetadata(IS_PUBLIC, target) === true;
  const required = Reflect.getMetadata(REQUIRED_ACCESS, target) as RequiredAccess | undefined;
  if (isPublic) return required === undefined ? { kind: 'public' } : undefined;
  return required;
}
