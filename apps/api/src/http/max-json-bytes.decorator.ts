import { ValidateBy } from 'class-validator';

/** A value that, written as JSON, has at most so many bytes. */
export const MaxJsonBytes = (most: number): PropertyDecorator =>
  ValidateBy({
    name: 'maxJsonBytes',
    validator: {
      validate: (value: unknown) => Buffer.byteLength(JSON.stringify(value) ?? '') <= most,
      defaultMessage: () => `$property must be at most ${most} bytes of JSON`,
    },
  });
