import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { ValidationFailedError } from './errors.js';
import { inspectInput, shorten } from './inspect-input.js';
import type { FieldProblem } from './problem.js';

type DtoClass = new () => object;

const NOT_DTOS: readonly unknown[] = [String, Number, Boolean, Array, Object, undefined];

/**
 * Turns body, query and path into instances of the handler's DTO classes and refuses whatever the class does not declare.
 * Nothing is converted from one type to another unless the DTO says so with a decorator of its own.
 * @throws ValidationFailedError that names each field.
 */
@Injectable()
export class InputPipe implements PipeTransform<unknown, Promise<unknown>> {
  async transform(value: unknown, { type, metatype, data }: ArgumentMetadata): Promise<unknown> {
    if (type === 'custom') return value;
    const findings = inspectInput(value, data ?? type);
    if (findings.length > 0) throw new ValidationFailedError(findings);
    if (!isDto(metatype)) return value;
    const plain = value ?? {};
    if (typeof plain !== 'object' || Array.isArray(plain)) {
      throw new ValidationFailedError([{ field: type, code: 'WRONG_TYPE', message: `the ${type} must be a JSON object` }]);
    }
    const instance = plainToInstance(metatype, plain, { enableImplicitConversion: false });
    const failures = await validate(instance, {
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      validationError: { target: false, value: true },
    });
    if (failures.length > 0) throw new ValidationFailedError(failures.flatMap((failure) => fieldProblems(failure, '')));
    return instance;
  }
}

function isDto(metatype: ArgumentMetadata['metatype']): metatype is DtoClass {
  return !NOT_DTOS.includes(metatype);
}

/** One entry for each broken rule, from the tree that class-validator reports. */
function fieldProblems(failure: ValidationError, parent: string): FieldProblem[] {
  const isIndex = /^\d+$/.test(failure.property);
  const field = parent === '' ? failure.property : isIndex ? `${parent}[${failure.property}]` : `${parent}.${failure.property}`;
  const shown = shorten(field);
  // The rules that a missing value breaks by its absence are no news to anybody.
  if (failure.value === undefined && (failure.children ?? []).length === 0 && failure.constraints?.['whitelistValidation'] === undefined) {
    return [{ field: shown, code: 'REQUIRED', message: `"${shown}" is required` }];
  }
  const own = Object.entries(failure.constraints ?? {}).map(([rule, message]): FieldProblem => {
    if (rule === 'whitelistValidation') return { field: shown, code: 'UNKNOWN_PROPERTY', message: `"${shown}" is not a known property` };
    return { field: shown, code: codeOf(rule), message: message.replace(new RegExp(`^${failure.property.replaceAll(/\W/g, '\\$&')} `), `"${shown}" `) };
  });
  return [...own, ...(failure.children ?? []).flatMap((child) => fieldProblems(child, field))];
}

/** `maxLength` becomes `MAX_LENGTH`. */
function codeOf(rule: string): string {
  return rule.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}
