import { ValidateIf } from 'class-validator';

/** A field that may be left out but, unlike one that IsOptional lets pass, may not be null. */
export const Given = (): PropertyDecorator => ValidateIf((_body: object, value: unknown) => value !== undefined);
